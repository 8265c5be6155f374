import TensorCore

extension ParameterTable.Entry {
  /// The tensor's values in PyTorch's order of axes.
  package func export(from arena: Arena) -> [Float] {
    let source = arena[slot]
    var values = [Float](repeating: 0, count: slot.count)
    overPlaces { values[$0] = source[$1] }
    return values
  }

  /// Takes values in PyTorch's order of axes.
  package func load(_ values: [Float], into arena: Arena) {
    precondition(
      values.count == slot.count, "\(name) has \(slot.count) values, got \(values.count)")
    let target = arena[slot]
    overPlaces { target[$1] = values[$0] }
  }

  /// Calls the body for every value with its place in PyTorch's order and in ours.
  @inline(__always)
  private func overPlaces(_ body: (_ outside: Int, _ inside: Int) -> Void) {
    switch kernel {
    case nil, .pointwise:
      for index in 0..<slot.count { body(index, index) }
    case .full:
      let (outputs, inputs) = (shape[0], shape[1])
      for o in 0..<outputs {
        for tap in 0..<9 {
          for c in 0..<inputs { body((o * inputs + c) * 9 + tap, (o * 9 + tap) * inputs + c) }
        }
      }
    case .depthwise:
      for c in 0..<shape[0] {
        for tap in 0..<9 { body(c * 9 + tap, tap * shape[0] + c) }
      }
    }
  }
}
