import Recordings

/// Warnings about what a comparison takes for granted.
extension Flags {
  static func premises(_ comparison: Comparison, _ subjects: FlagSubjects) -> [Flag] {
    let model = subjects.models[comparison.model].recordings[0].manifest
    let reference = subjects.models[comparison.reference].recordings[0].manifest
    let names = (
      name(subjects.models[comparison.reference]), name(subjects.models[comparison.model])
    )
    let consequence = "How far the maps of \(names.0) and \(names.1) agree is not compared"
    let maps = MapPremise.problems(reference: reference, model: model).compactMap {
      problem -> Flag? in
      let reason = MapPremise(problem, names: names).reason
      switch problem {
      case .kinds:
        return Flag(
          .otherMaps, model: comparison.model,
          "\(reason). \(consequence): a cosine depends on what a map is. Record the same kind of map from both."
        )
      case .grids:
        return Flag(
          .otherGrids, model: comparison.model,
          "\(reason). \(consequence): coarser maps have higher cosines whatever they show. "
            + "Pool the finer maps down to the coarser grid before recording; a coarse map interpolated up stays coarse."
        )
      case .exitCounts, .signs, .repeatedMaps: return nil
      }
    }
    return maps + otherCosts(comparison.model, reference.exits, model.exits, names)
  }

  private static func otherCosts(
    _ place: Int, _ reference: [RecordingManifest.Exit], _ model: [RecordingManifest.Exit],
    _ names: (String, String)
  ) -> [Flag] {
    guard reference.map(\.grid) == model.map(\.grid) else { return [] }
    let others = reference.indices.filter {
      reference[$0].macs > 0 && model[$0].macs > 0 && reference[$0].macs != model[$0].macs
    }
    guard let first = others.first else { return [] }
    return [
      Flag(
        .otherCosts, model: place, exit: others.count == 1 ? first + 1 : nil,
        "At exit\(others.count == 1 ? "" : "s") \(others.map { "\($0 + 1)" }.joined(separator: ", ")) the models have "
          + "the same grids and other costs (\(whole(reference[first].macs)) MACs in \(names.0), "
          + "\(whole(model[first].macs)) in \(names.1), at exit \(first + 1)): other networks, or counted in another way."
      )
    ]
  }

  /// - Parameter isCompared: whether there is another model.
  static func identicalExits(
    _ model: ModelResult, _ repeated: RepeatedExits, isCompared: Bool
  ) -> [Flag] {
    let consequence = isCompared ? ", and it is not compared with other models’" : ""
    return identical(model, repeated, consequence) + copies(model, repeated.copies, consequence)
  }

  private static func copies(
    _ model: ModelResult, _ exits: [Int], _ consequence: String
  ) -> [Flag] {
    guard !exits.isEmpty else { return [] }
    let list = exits.map(String.init).joined(separator: ", ")
    return [
      Flag(
        .identicalExits, model: model.index,
        "For every sample the map of \(name(model)) at exit\(exits.count == 1 ? "" : "s") \(list) is the final exit's, "
          + "but for its scale and grid: their agreement is that of a map with itself\(consequence). "
          + "Was one hook read for several exits, and its map resized?")
    ]
  }

  private static func identical(
    _ model: ModelResult, _ repeated: RepeatedExits, _ consequence: String
  ) -> [Flag] {
    [("map", repeated.maps), ("logits", repeated.answers)].compactMap { what, exits in
      guard !exits.isEmpty else { return nil }
      let list = exits.map(String.init).joined(separator: ", ")
      let meaning =
        what == "map"
        ? "their agreement is that of a map with itself\(consequence)"
        : "what stopping early brings or costs there is of one exit alone"
      return Flag(
        .identicalExits, model: model.index,
        "Exits \(list) of \(name(model)) have the same \(what) for every sample, to the last bit: "
          + "\(meaning). Was one hook read for several exits?")
    }
  }

  /// - Parameter premise: why the models' maps are not compared, where they are not.
  static func negativeMaps(
    _ model: ModelResult, _ negative: [NegativeMaps], _ premise: MapPremise?
  ) -> [Flag] {
    let isWithheld =
      premise?.problems.contains { if case .signs = $0 { true } else { false } } == true
    return negative.compactMap { exit in
      guard exit.count > 0 else { return nil }
      return Flag(
        .negativeMaps, model: model.index, exit: exit.exit,
        "\(exit.count) of \(exit.total) maps of \(name(model)) at exit \(exit.exit) have negative cells "
          + "(down to \(exit.least > -0.0005 ? "\(exit.least)" : decimal(Double(exit.least)))). A map of attention has none: their spread and entropy are "
          + "undefined and left out. "
          + (isWithheld
            ? "Not so in the model that it is compared with, so how far their maps agree is not compared. "
            : "")
          + "Record maps before their mean is taken out, or after a ReLU, in both models.")
    }
  }

  private static func whole(_ macs: Double) -> String {
    Int(exactly: macs.rounded()).map(FixedDecimal.grouped) ?? FixedDecimal.text(macs, decimals: 0)
  }
}

/// Maps of one exit with cells below 0 (`MapStatistics.isNegative`), over the model's recordings.
struct NegativeMaps {
  /// From 1.
  var exit: Int
  var count: Int
  var total: Int
  /// The least cell.
  var least: Float
}

extension ModelScan {
  /// From 1.
  var negativeExits: [Int] { negativeMaps.filter { $0.count > 0 }.map(\.exit) }

  var negativeMaps: [NegativeMaps] {
    (0..<exitCount).map { exit in
      NegativeMaps(
        exit: exit + 1, count: exits.reduce(0) { $0 + $1[exit].negativeMaps },
        total: sampleCount * recordingCount, least: exits.map { $0[exit].leastCell }.min() ?? 0)
    }
  }
}
