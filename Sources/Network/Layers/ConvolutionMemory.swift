import TensorCore

/// Memory of convolutions while training.
struct ConvolutionMemory {
  /// Floats of each part.
  struct Needs {
    var scratch = 0
    var partialWeights = 0
    var factors = 0
    /// Channels that the channel scratch must be made for.
    var channels = 0

    /// What serves both.
    func joined(_ other: Needs) -> Needs {
      Needs(
        scratch: max(scratch, other.scratch),
        partialWeights: max(partialWeights, other.partialWeights),
        factors: max(factors, other.factors), channels: max(channels, other.channels))
    }
  }

  /// One block a lane.
  let scratch: [UnsafeMutablePointer<Float>]
  /// Sums of a weight's gradient, for each lane but the first.
  let partialWeights: [UnsafeMutablePointer<Float>]
  /// Of Winograd convolutions: the transformed weights, and each lane's sum of their gradient. One for all
  /// blocks, as keeping each block's would take more memory than transforming anew takes time.
  let factors: UnsafeMutablePointer<Float>
  let weightSums: [UnsafeMutablePointer<Float>]
  let channelScratch: ChannelScratch

  /// Where the parts lie in an arena.
  struct Slots {
    private let needs: Needs
    private let scratch: [ArenaLayout.Slot]
    private let partialWeights: [ArenaLayout.Slot]
    private let factors: ArenaLayout.Slot
    private let weightSums: [ArenaLayout.Slot]
    private let channels: ArenaLayout.Slot

    init(_ needs: Needs, lanes: Lanes, in layout: inout ArenaLayout) {
      self.needs = needs
      scratch = (0..<lanes.count).map { _ in layout.reserve(needs.scratch) }
      partialWeights = (1..<lanes.count).map { _ in layout.reserve(needs.partialWeights) }
      factors = layout.reserve(needs.factors)
      weightSums = (0..<lanes.count).map { _ in layout.reserve(needs.factors) }
      channels = layout.reserve(
        ChannelScratch.count(channels: needs.channels, lanes: lanes.count))
    }

    func memory(in arena: Arena, lanes: Lanes) -> ConvolutionMemory {
      ConvolutionMemory(
        scratch: scratch.map { arena[$0] }, partialWeights: partialWeights.map { arena[$0] },
        factors: arena[factors], weightSums: weightSums.map { arena[$0] },
        channelScratch: ChannelScratch(
          arena[channels], channels: needs.channels, lanes: lanes.count))
    }
  }
}
