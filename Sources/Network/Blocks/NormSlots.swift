import TensorCore

/// Where a batch norm's parameters and running statistics lie in a network.
struct NormSlots: Sendable {
  let gamma: ArenaLayout.Slot
  let beta: ArenaLayout.Slot
  let runningMean: ArenaLayout.Slot
  let runningVariance: ArenaLayout.Slot

  /// - Parameter name: of the convolution before it: "blocks.0".
  init(after name: String, in table: ParameterTable) {
    gamma = table.slot("\(name).norm.weight")
    beta = table.slot("\(name).norm.bias")
    runningMean = table.slot("\(name).norm.running_mean")
    runningVariance = table.slot("\(name).norm.running_var")
  }
}
