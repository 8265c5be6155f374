import Analysis
import Recordings
import Rendering

/// The CSV files of a report: every number on its pages, and every text whole. `SampleTable` is the largest, and by
/// itself.
enum DataTables {
  /// File name and content, in the order in which they are written.
  static func all(_ context: ReportContext) -> [(name: String, bytes: [UInt8])] {
    [
      ("exits.csv", exits(context)),
      ("paired.csv", paired(context)), ("differences.csv", RunTables.differences(context)),
      ("seeds.csv", RunTables.seeds(context)), ("runs.csv", RunTables.runs(context)),
      ("sweep.csv", SweepTables.table(context.result.sweep)),
      ("experiment.csv", ExperimentData.table(context.result.experiment)),
      ("early-exit.csv", earlyExit(context)),
      ("cost-curve.csv", costCurve(context)), ("sheets.csv", sheets(context)),
      ("alerts.csv", alerts(context)), ("classes.csv", ProvenanceTables.classes(context)),
      ("provenance.csv", ProvenanceTables.provenance(context)),
      ("history.csv", ProvenanceTables.history(context)),
      ("calibration.csv", CalibrationTables.calibration(context)),
      ("reliability.csv", CalibrationTables.reliability(context)),
      ("temperature.csv", CalibrationTables.temperatures(context)),
      ("skipped.csv", ProvenanceTables.skipped(context)),
      ("duplicates.csv", ProvenanceTables.duplicates(context)),
    ] + MapTables.all(context) + EfficiencyTables.all(context) + FaithfulnessTables.all(context)
      + DisagreementTables.all(context)
  }

  private static func arms(_ context: ReportContext) -> [(name: String, arm: ModelResult)] {
    [("baseline", context.result.baseline), ("egt", context.result.egt)]
  }

  private static func exits(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "exit", "grid_height", "grid_width", "macs", "n", "undefined"]
        + ["accuracy", "accuracy_low", "accuracy_high", "cosine", "cosine_low", "cosine_high"]
        + ["null", "excess", "excess_low", "excess_high", "centred", "centred_low", "centred_high"]
        + ["centred_null", "cosine_on_exit_grid", "ceiling", "spread", "entropy", "share_leaving"])
    for (name, arm) in arms(context) {
      for (index, exit) in arm.exits.enumerated() {
        let shares = arm.earlyExit.shares
        table.append(
          [
            .text(name), .integer(exit.exit), .integer(exit.grid.height), .integer(exit.grid.width),
            .number(exit.macs > 0 ? exit.macs : nil), .integer(exit.n), .integer(exit.undefined),
          ] + estimate(exit.accuracy) + consistency(exit.consistency) + [
            .number(exit.spread), .number(exit.entropy),
            .number(shares.indices.contains(index) ? shares[index] : nil),
          ])
      }
      table.append(
        [
          .text(name), .text("mean"), .integer(nil), .integer(nil), .number(nil),
          .integer(arm.mean.n), .integer(arm.mean.undefined),
        ] + estimate(Estimate(arm.mean.accuracy)) + consistency(arm.mean.consistency) + [
          .number(arm.mean.spread), .number(nil), .number(nil),
        ])
    }
    return table.bytes
  }

  private static func consistency(_ result: ConsistencyResult?) -> [CSVTable.Cell] {
    estimate(result?.cosine) + [.number(result?.null)] + estimate(result?.excess)
      + estimate(result?.centred) + [
        .number(result?.centredNull), .number(result?.cosineOnExitGrid), .number(result?.ceiling),
      ]
  }

  private static func estimate(_ estimate: Estimate?) -> [CSVTable.Cell] {
    [.number(estimate?.value), .number(estimate?.low), .number(estimate?.high)]
  }

  private static func paired(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["exit", "delta_cosine", "delta_cosine_low", "delta_cosine_high", "p"]
        + ["delta_centred", "delta_centred_low", "delta_centred_high"]
        + ["delta_accuracy", "delta_accuracy_low", "delta_accuracy_high"]
        + ["share_cosine_lower", "share_cosine_higher"]
        + ["holm_p", "accuracy_p", "accuracy_holm_p"])
    guard let paired = context.result.paired else { return table.bytes }
    for exit in paired.exits + [paired.mean] {
      table.append(
        [exit.exit > 0 ? .integer(exit.exit) : .text("mean")] + estimate(exit.deltaCosine)
          + [.number(exit.p)] + estimate(exit.deltaCentred) + estimate(exit.deltaAccuracy)
          + [.number(exit.shareBelow), .number(exit.shareAbove)]
          + [
            .number(exit.cosine?.holmP), .number(exit.accuracy?.p), .number(exit.accuracy?.holmP),
          ])
    }
    return table.bytes
  }

  private static func earlyExit(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable([
      "arm", "threshold", "accuracy", "accuracy_low", "accuracy_high", "mean_macs",
    ])
    for (name, arm) in arms(context) {
      table.append(
        [.text(name), .number(arm.earlyExit.threshold)] + estimate(arm.earlyExit.accuracy)
          + [.number(arm.earlyExit.meanMacs)])
    }
    return table.bytes
  }

  private static func costCurve(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(["arm", "threshold", "accuracy", "mean_macs"])
    for (name, arm) in arms(context) {
      for point in arm.costCurve {
        table.append([
          .text(name), .number(point.threshold), .number(point.accuracy), .number(point.meanMacs),
        ])
      }
    }
    return table.bytes
  }

  private static func sheets(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable([
      "sample", "file", "scale_low", "scale_high", "non_finite_cells", "negative_cells",
      "difference_limit", "difference_undefined_pixels", "maps_without_contours",
    ])
    for position in context.selection.gallery {
      guard let sheets = context.sheets[position] else { continue }
      let scale = sheets.scale
      let sample = context.result.samples[position]
      table.append([
        .integer(sample.index), .text(SheetView.shared.file(sample)), .number(Double(scale.lower)),
        .number(Double(scale.upper)), .integer(scale.nonFiniteCells),
        .integer(scale.negativeCells), .number((sheets.difference?.limit).map(Double.init)),
        .integer(sheets.difference?.undefinedPixels), .integer(sheets.mapsWithoutContours),
      ])
    }
    return table.bytes
  }

  private static func alerts(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(["code", "arm", "exit", "message"])
    for flag in context.result.flags {
      table.append([
        .text(flag.code), .text(flag.arm), .integer(flag.exit), .text(flag.message),
      ])
    }
    return table.bytes
  }
}
