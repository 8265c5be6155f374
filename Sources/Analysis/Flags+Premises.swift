import Recordings

/// Warnings about what a comparison takes for granted.
extension Flags {
  static func premises(_ baseline: Recording, _ egt: Recording) -> [Flag] {
    let premise = MapPremise(
      baseline: baseline.manifest, egt: egt.manifest, repeated: [], negative: ([], []))
    let maps = (premise?.problems ?? []).compactMap { problem -> Flag? in
      let reason = MapPremise(problem).reason
      let consequence = "How far the two models’ maps agree is not compared"
      switch problem {
      case .kinds:
        return Flag(
          .otherMaps, arm: nil,
          "\(reason). \(consequence): a cosine depends on what a map is. Record the same kind of map from both."
        )
      case .grids:
        return Flag(
          .otherGrids, arm: nil,
          "\(reason). \(consequence): coarser maps have higher cosines whatever they show. "
            + "Pool the finer maps down to the coarser grid before recording; a coarse map interpolated up stays coarse."
        )
      case .signs, .repeatedMaps: return nil
      }
    }
    return maps + otherCosts(baseline.manifest.exits, egt.manifest.exits)
  }

  private static func otherCosts(
    _ baseline: [RecordingManifest.Exit], _ egt: [RecordingManifest.Exit]
  ) -> [Flag] {
    guard baseline.map(\.grid) == egt.map(\.grid) else { return [] }
    let others = baseline.indices.filter {
      baseline[$0].macs > 0 && egt[$0].macs > 0 && baseline[$0].macs != egt[$0].macs
    }
    guard let first = others.first else { return [] }
    return [
      Flag(
        .otherCosts, arm: nil, exit: others.count == 1 ? first + 1 : nil,
        "At exit\(others.count == 1 ? "" : "s") \(others.map { "\($0 + 1)" }.joined(separator: ", ")) the arms have "
          + "the same grids and other costs (\(whole(baseline[first].macs)) MACs in the baseline, "
          + "\(whole(egt[first].macs)) in EGT, at exit \(first + 1)): other networks, or counted in another way."
      )
    ]
  }

  static func identicalExits(_ arm: ModelResult.Arm, _ repeated: RepeatedExits) -> [Flag] {
    identical(arm, repeated) + copies(arm, repeated.copies)
  }

  private static func copies(_ arm: ModelResult.Arm, _ exits: [Int]) -> [Flag] {
    guard !exits.isEmpty else { return [] }
    let list = exits.map(String.init).joined(separator: ", ")
    return [
      Flag(
        .identicalExits, arm: arm,
        "For every sample the map of \(words(arm)) at exit\(exits.count == 1 ? "" : "s") \(list) is the final exit's, "
          + "but for its scale and grid: their agreement is that of a map with itself, and the two models’ are not "
          + "compared. Was one hook read for several exits, and its map resized?")
    ]
  }

  private static func identical(_ arm: ModelResult.Arm, _ repeated: RepeatedExits) -> [Flag] {
    [("map", repeated.maps), ("logits", repeated.answers)].compactMap { what, exits in
      guard !exits.isEmpty else { return nil }
      let list = exits.map(String.init).joined(separator: ", ")
      let meaning =
        what == "map"
        ? "their agreement is that of a map with itself, and the two models’ are not compared"
        : "what stopping early brings or costs there is of one exit alone"
      return Flag(
        .identicalExits, arm: arm,
        "Exits \(list) of \(words(arm)) have the same \(what) for every sample, to the last bit: "
          + "\(meaning). Was one hook read for several exits?")
    }
  }

  /// - Parameter premise: why the models' maps are not compared, where they are not.
  static func negativeMaps(
    _ arm: ModelResult.Arm, _ negative: [NegativeMaps], _ premise: MapPremise?
  ) -> [Flag] {
    let isWithheld =
      premise?.problems.contains { if case .signs = $0 { true } else { false } } == true
    return negative.compactMap { exit in
      guard exit.count > 0 else { return nil }
      return Flag(
        .negativeMaps, arm: arm, exit: exit.exit,
        "\(exit.count) of \(exit.total) maps of \(words(arm)) at exit \(exit.exit) have negative cells "
          + "(down to \(exit.least > -0.0005 ? "\(exit.least)" : decimal(Double(exit.least)))). A map of attention has none: their spread and entropy are "
          + "undefined and left out. "
          + (isWithheld
            ? "Not so in the other model, so how far their maps agree is not compared. " : "")
          + "Record maps before their mean is taken out, or after a ReLU, in both models.")
    }
  }

  private static func whole(_ macs: Double) -> String { FixedDecimal.text(macs, decimals: 0) }
}

/// Maps of one exit with cells below 0 (`MapStatistics.isNegative`), over the arm's recordings.
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
