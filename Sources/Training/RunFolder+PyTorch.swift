extension RunFolder {
  private static let counter = "num_batches_tracked"

  /// Whether a tensor is the counter of batches that PyTorch's BatchNorm2d keeps beside its running mean. It has no
  /// part in any answer (with momentum, which ExitLens has), so a `state_dict` is read as it is.
  /// - Parameter wanted: the names of the network's own tensors.
  static func isBatchNormCounter(_ name: String, beside wanted: Set<String>) -> Bool {
    name.hasSuffix(".\(counter)") && wanted.contains(name.dropLast(counter.count) + "running_mean")
  }

  /// What to do about a tensor that the network does not have.
  static func hint(surplus name: String, beside wanted: Set<String>) -> String {
    if let dot = name.firstIndex(of: "."), wanted.contains(String(name[name.index(after: dot)...]))
    {
      return "take the first word off every name: {k.split('.', 1)[1]: v for k, v in state.items()}"
    }
    return "leave it out: {k: v for k, v in state.items() if k != '\(name)'}"
  }
}
