import FileKit
import TensorCore

extension Recording {
  /// Checks what the manifest says about itself.
  func validateManifest(at path: String) throws(RecordingFault) {
    guard manifest.formatVersion == RecordingManifest.currentFormatVersion else {
      throw .otherVersion(path: path, got: .other(manifest.formatVersion))
    }
    guard !manifest.classNames.isEmpty else {
      throw .wrongField(
        path: path, field: "classNames", expected: "one name a class", got: "an empty list")
    }
    guard manifest.channels == 1 || manifest.channels == 3 else {
      throw .wrongField(
        path: path, field: "channels", expected: "1 (grey) or 3 (colour)",
        got: "\(manifest.channels)")
    }
    if let kind = manifest.attentionKind, AttentionWord(rawValue: kind) == nil {
      throw .wrongField(
        path: path, field: "attentionKind", expected: "one of \(AttentionWord.list)", got: kind,
        hint: "leave it out for maps of another kind, and say in mapKind what they are")
    }
    try validateWord(manifest.mapKind, "mapKind", at: path)
    try validateWord(manifest.name, "name", at: path)
    guard exitCount >= 2 else {
      throw .wrongField(
        path: path, field: "exits", expected: "an early exit and a final one",
        got: "\(exitCount)")
    }
    var previous = 0.0
    for (index, exit) in manifest.exits.enumerated() {
      guard exit.macs.isFinite, exit.macs >= 0 else {
        throw .wrongField(
          path: path, field: "exits[\(index)].macs", expected: "a number ≥ 0",
          got: "\(exit.macs)", hint: "give 0 where it is unknown")
      }
      guard exit.macs == 0 || exit.macs >= previous else {
        throw .wrongField(
          path: path, field: "exits[\(index)].macs",
          expected: "at least the exit before it has, \(RecordingLayout.decimal(previous))",
          got: RecordingLayout.decimal(exit.macs),
          hint:
            "list exits from the earliest to the final one, and count from the input to the exit's answer, not one "
            + "block alone")
      }
      previous = max(previous, exit.macs)
    }
    try validateParameters(at: path)
    try validateLatency(at: path)
    try validateProvenance(at: path)
  }

  /// A text that stands in headings, tables and messages.
  private func validateWord(
    _ text: String?, _ field: String, at path: String
  ) throws(RecordingFault) {
    guard let scalars = text?.unicodeScalars else { return }
    let problem: String? =
      if scalars.allSatisfy(\.properties.isWhitespace) {
        "an empty text"
      } else if scalars.count > 60 {
        "\(scalars.count)"
      } else {
        scalars.first { !$0.isPrinted }.map { "U+\(String($0.value, radix: 16, uppercase: true))" }
      }
    guard let problem else { return }
    throw .wrongField(
      path: path, field: field, expected: "1 to 60 printed characters", got: problem,
      hint: "leave it out, or shorten it to a word or two")
  }

  /// Counts that rise from exit to exit, where they are given.
  private func validateParameters(at path: String) throws(RecordingFault) {
    var previous = 0
    for (index, exit) in manifest.exits.enumerated() {
      guard let parameters = exit.parameters else { continue }
      guard parameters >= previous else {
        throw .wrongField(
          path: path, field: "exits[\(index)].parameters",
          expected: index == 0 ? "a number ≥ 0" : "at least the exit before it has, \(previous)",
          got: "\(parameters)", hint: "count from the input to the exit's answer, or leave it out")
      }
      previous = parameters
    }
  }

  /// Lists that a report indexes by class or exit.
  private func validateProvenance(at path: String) throws(RecordingFault) {
    let counts = manifest.provenance?.data?.counts ?? [:]
    for part in counts.keys.sorted() where counts[part]!.count != classCount {
      throw .wrongField(
        path: path, field: "provenance.data.counts.\(part)", expected: "\(classCount) numbers",
        got: "\(counts[part]!.count)")
    }
    for (index, row) in (manifest.provenance?.history ?? []).enumerated() {
      let lengths = [
        ("crossEntropy", row.crossEntropy.count, false),
        ("trainingAccuracy", row.trainingAccuracy.count, false),
        ("validationAccuracy", row.validationAccuracy.count, true),
      ]
      for (field, length, mayBeEmpty) in lengths
      where length != exitCount && !(mayBeEmpty && length == 0) {
        throw .wrongField(
          path: path, field: "provenance.history[\(index)].\(field)",
          expected: "\(exitCount) numbers, one an exit", got: "\(length)")
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether it shows: no control character, no invisible mark that turns the direction of a line.
  fileprivate var isPrinted: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
      .surrogate:
      false
    default: true
    }
  }
}
