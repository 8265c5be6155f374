import TensorCore

/// What fixes a network's shape. Two networks with equal configurations have equal parameters' names and shapes.
package struct NetworkConfiguration: Sendable, Codable, Equatable {
  /// The input's height and width, each at least one cell at the last block's grid (`validate`).
  package var input: GridSize
  /// 1 (grey) or 3 (colour).
  package var channels: Int
  /// How many classes every exit tells apart, 2 … 1,000,000.
  package var classes: Int
  /// Channels of each block; one exit a block. The last block has no max-pool.
  package var widths: [Int]
  /// How every exit turns scores into its map, and pools by it.
  package var attention: AttentionKind
  /// How the blocks compute.
  package var architecture: Architecture

  /// The paper's widths.
  package static let paperWidths = [64, 128, 256, 512, 512]

  /// The defaults are the paper's network. Nothing is checked here; see `validate`.
  package init(
    input: GridSize, channels: Int, classes: Int, widths: [Int] = Self.paperWidths,
    attention: AttentionKind = .softmax, architecture: Architecture = .plain
  ) {
    self.input = input
    self.channels = channels
    self.classes = classes
    self.widths = widths
    self.attention = attention
    self.architecture = architecture
  }

  /// Runs made before there were architectures are plain.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    input = try fields.decode(GridSize.self, forKey: .input)
    channels = try fields.decode(Int.self, forKey: .channels)
    classes = try fields.decode(Int.self, forKey: .classes)
    widths = try fields.decode([Int].self, forKey: .widths)
    attention = try fields.decode(AttentionKind.self, forKey: .attention)
    architecture = try fields.decodeIfPresent(Architecture.self, forKey: .architecture) ?? .plain
  }

  /// One per block, the final exit included.
  package var exitCount: Int { widths.count }

  /// The grid on which block `index` (from 0) computes, before its max-pool.
  package func blockGrid(_ index: Int) -> GridSize {
    GridSize(height: input.height >> index, width: input.width >> index)
  }

  /// Whether a max-pool ends block `index`.
  package func pools(_ index: Int) -> Bool { index < widths.count - 1 }

  /// The convolutions of block `index`, from 0.
  package func block(_ index: Int) -> BlockShape {
    BlockShape(
      architecture, index: index, grid: blockGrid(index),
      inputs: index == 0 ? channels : widths[index - 1], outputs: widths[index])
  }

  /// The exit after block `index`, from 0.
  package func exit(_ index: Int) -> AttentionExit {
    AttentionExit(
      grid: blockGrid(pools(index) ? index + 1 : index), channels: widths[index],
      classes: classes, kind: attention)
  }

  /// Each exit's attention grid.
  package var exitGrids: [GridSize] { widths.indices.map { exit($0).grid } }

  /// Multiply–accumulates an image until each exit has answered: convolutions, and the attention module and
  /// head of every exit up to and with this one, as an early stop has to run them. Normalisation, sums, ReLU
  /// and pooling are not counted.
  package var cumulativeMacs: [Double] {
    var total = 0
    return widths.indices.map { index in
      total += block(index).macs + exit(index).macs
      return Double(total)
    }
  }

  /// Trained parameters that each exit's answer needs: convolutions, batch norm's scales and shifts, and the
  /// attention module and head of every exit up to and with this one. Running statistics are not trained.
  package var cumulativeParameters: [Int] {
    let entries = ParameterTable(self).parameters
    var total = 0
    return widths.indices.map { index in
      for entry in entries
      where entry.name.hasPrefix("blocks.\(index).") || entry.name.hasPrefix("exits.\(index).") {
        total += entry.shape.reduce(1, *)
      }
      return total
    }
  }
}
