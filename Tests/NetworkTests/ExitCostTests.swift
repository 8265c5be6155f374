import Network
import TensorCore
import Testing

/// What an exit's answer costs, counted by hand for one network: 32×32 grey images, nine classes, the paper's widths.
@Suite struct ExitCostTests {
  private let network = NetworkConfiguration(
    input: GridSize(height: 32, width: 32), channels: 1, classes: 9)

  /// A 3×3 convolution makes h·w·9·in·out, at the grid before pooling; an attention module h·w·C, the weighted sum as
  /// many, a head C·classes, at the grid after it.
  @Test func macsCountBlocksAttentionAndHeads() {
    let exits = [
      32 * 32 * 9 * 1 * 64 + 2 * 16 * 16 * 64 + 64 * 9,
      16 * 16 * 9 * 64 * 128 + 2 * 8 * 8 * 128 + 128 * 9,
      8 * 8 * 9 * 128 * 256 + 2 * 4 * 4 * 256 + 256 * 9,
      4 * 4 * 9 * 256 * 512 + 2 * 2 * 2 * 512 + 512 * 9,
      2 * 2 * 9 * 512 * 512 + 2 * 2 * 2 * 512 + 512 * 9,
    ]
    #expect(exits == [623_168, 18_891_904, 18_884_864, 18_883_072, 9_445_888])
    #expect(
      network.cumulativeMacs == [623_168, 19_515_072, 38_399_936, 57_283_008, 66_728_896])
  }

  /// A residual block adds a convolution out → out, and a 1×1 one where channels change; a separable one makes 9·in
  /// and in·out products a cell.
  @Test func macsOfOtherArchitectures() {
    var other = network
    other.architecture = .residual
    let residual = [
      32 * 32 * (9 * 1 * 64 + 9 * 64 * 64 + 1 * 64),
      16 * 16 * (9 * 64 * 128 + 9 * 128 * 128 + 64 * 128),
      8 * 8 * (9 * 128 * 256 + 9 * 256 * 256 + 128 * 256),
      4 * 4 * (9 * 256 * 512 + 9 * 512 * 512 + 256 * 512), 2 * 2 * (2 * 9 * 512 * 512),
    ]
    #expect((0..<5).map { other.block($0).macs } == residual)
    other.architecture = .separable
    let separable = [
      32 * 32 * 9 * 1 * 64, 16 * 16 * (9 * 64 + 64 * 128), 8 * 8 * (9 * 128 + 128 * 256),
      4 * 4 * (9 * 256 + 256 * 512), 2 * 2 * (9 * 512 + 512 * 512),
    ]
    #expect((0..<5).map { other.block($0).macs } == separable)
    #expect(other.cumulativeMacs[0] == network.cumulativeMacs[0])
    #expect(
      other.cumulativeParameters[1] - other.cumulativeParameters[0]
        == 9 * 64 + 2 * 64 + 64 * 128 + 2 * 128 + (128 + 1) + (128 * 9 + 9))
  }

  /// A convolution has 9·in·out weights, batch norm a scale and a shift a channel, an attention module C weights and a
  /// bias, a head C·classes weights and a bias a class.
  @Test func parametersCountBlocksAttentionAndHeads() {
    let exits = [
      9 * 1 * 64 + 2 * 64 + (64 + 1) + (64 * 9 + 9),
      9 * 64 * 128 + 2 * 128 + (128 + 1) + (128 * 9 + 9),
      9 * 128 * 256 + 2 * 256 + (256 + 1) + (256 * 9 + 9),
      9 * 256 * 512 + 2 * 512 + (512 + 1) + (512 * 9 + 9),
      9 * 512 * 512 + 2 * 512 + (512 + 1) + (512 * 9 + 9),
    ]
    #expect(exits == [1_354, 75_274, 297_994, 1_185_802, 2_365_450])
    #expect(network.cumulativeParameters == [1_354, 76_628, 374_622, 1_560_424, 3_925_874])
  }
}
