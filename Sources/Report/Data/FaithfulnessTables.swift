import Analysis

/// The CSV files behind the faithfulness page; header lines alone where nothing was recorded.
enum FaithfulnessTables {
  static func all(_ context: ReportContext) -> [(name: String, bytes: [UInt8])] {
    [
      ("faithfulness.csv", exits(context)), ("faithfulness-paired.csv", paired(context)),
      ("faithfulness-curves.csv", curves(context)),
      ("faithfulness-random-weights.csv", randomWeights(context)),
      ("faithfulness-samples.csv", samples(context)),
    ]
  }

  private static func arms(_ context: ReportContext) -> [(name: String, arm: ModelFaithfulness)] {
    [
      ("baseline", context.result.faithfulness?.baseline),
      ("egt", context.result.faithfulness?.egt),
    ].compactMap { name, arm in arm.map { (name, $0) } }
  }

  private static func columns(_ name: String) -> [String] { [name, "\(name)_low", "\(name)_high"] }

  private static func cells(_ estimate: Estimate?) -> [CSVTable.Cell] {
    [.number(estimate?.value), .number(estimate?.low), .number(estimate?.high)]
  }

  private static func exits(_ context: ReportContext) -> [UInt8] {
    let agreements = ["gradcam_cosine", "gradcam_centred", "gradcam_spearman"]
    var header = ["arm", "exit", "samples", "recordings"]
    for name in ["deletion", "insertion"] {
      header += columns("\(name)_area") + columns("\(name)_random_area") + columns("\(name)_gain")
    }
    header += columns("advantage") + ["whole_image", "all_deleted", "none_inserted"]
    header += columns("road_gap") + ["gradcam_n", "gradcam_undefined"]
    for name in agreements {
      header += columns(name) + ["\(name)_null"] + columns("\(name)_excess")
    }
    var table = CSVTable(header)
    for (name, arm) in arms(context) {
      for exit in arm.exits {
        var row: [CSVTable.Cell] = [
          .text(name), .integer(exit.exit), .integer(arm.sampleCount), .integer(arm.recordingCount),
        ]
        for curve in [exit.masking?.deletion, exit.masking?.insertion] {
          row += cells(curve?.area) + cells(curve?.randomArea) + cells(curve?.gain)
        }
        row += cells(exit.masking?.advantage)
        row += [
          .number(exit.masking?.wholeImage), .number(exit.masking?.allDeleted),
          .number(exit.masking?.noneInserted),
        ]
        row += cells(exit.road?.gap)
        row += [.integer(exit.gradCAM?.n), .integer(exit.gradCAM?.undefined)]
        for agreement in [exit.gradCAM?.cosine, exit.gradCAM?.centred, exit.gradCAM?.spearman] {
          row += cells(agreement?.value) + [.number(agreement?.null)] + cells(agreement?.excess)
        }
        table.append(row)
      }
      // Over the early exits: what the summary page says.
      var mean: [CSVTable.Cell] = [
        .text(name), .text("mean"), .integer(arm.sampleCount), .integer(arm.recordingCount),
      ]
      mean += [CSVTable.Cell](repeating: .number(nil), count: 18) + cells(arm.meanAdvantage)
      mean += [CSVTable.Cell](repeating: .number(nil), count: 3) + cells(arm.meanRoadGap)
      mean += [CSVTable.Cell](repeating: .number(nil), count: 23)
      table.append(mean)
    }
    return table.bytes
  }

  private static func paired(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["exit"] + columns("delta_deletion_gain") + columns("delta_insertion_gain")
        + columns("delta_advantage") + columns("delta_road_gap") + columns("delta_gradcam_centred"))
    let faithfulness = context.result.faithfulness
    for exit in (faithfulness?.paired ?? []) + [faithfulness?.pairedMean].compactMap({ $0 }) {
      table.append(
        [exit.exit > 0 ? .integer(exit.exit) : .text("mean")] + cells(exit.deletionGain)
          + cells(exit.insertionGain)
          + cells(exit.advantage) + cells(exit.roadGap) + cells(exit.gradCAMCentred))
    }
    return table.bytes
  }

  private static func curves(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(["arm", "exit", "curve", "fraction", "probability", "accuracy"])
    for (name, arm) in arms(context) {
      for exit in arm.exits {
        func append(
          _ curve: String, _ fractions: [Double], _ values: [Double], accuracies: [Double] = []
        ) {
          for (point, fraction) in fractions.enumerated() {
            table.append([
              .text(name), .integer(exit.exit), .text(curve), .number(fraction),
              .number(values[point]), .number(accuracies.isEmpty ? nil : accuracies[point]),
            ])
          }
        }
        if let masking = exit.masking {
          append("deletion", masking.fractions, masking.deletion.curve)
          append("deletion, random order", masking.fractions, masking.deletion.randomCurve)
          append("insertion", masking.fractions, masking.insertion.curve)
          append("insertion, random order", masking.fractions, masking.insertion.randomCurve)
        }
        if let road = exit.road {
          append(
            "ROAD, most attended first", road.fractions, road.mostRelevantFirst.probabilities,
            accuracies: road.mostRelevantFirst.accuracies)
          append(
            "ROAD, least attended first", road.fractions, road.leastRelevantFirst.probabilities,
            accuracies: road.leastRelevantFirst.accuracies)
        }
      }
    }
    return table.bytes
  }

  private static func randomWeights(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "exit", "stage"] + columns("spearman") + ["lowest_draw", "highest_draw"]
        + columns("centred") + columns("ssim") + ["n", "undefined"])
    for (name, arm) in arms(context) {
      for exit in arm.exits {
        for stage in exit.randomized {
          table.append(
            [.text(name), .integer(exit.exit), .integer(stage.stage)] + cells(stage.spearman)
              + [.number(stage.lowestDraw), .number(stage.highestDraw)] + cells(stage.centred)
              + cells(stage.structuralSimilarity)
              + [.integer(stage.n), .integer(stage.undefined)])
        }
      }
    }
    return table.bytes
  }

  private static func samples(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable([
      "arm", "exit", "sample", "deletion_area", "deletion_random_area", "insertion_area",
      "insertion_random_area", "road_gap", "gradcam_cosine", "gradcam_centred", "gradcam_spearman",
    ])
    for (name, arm) in arms(context) {
      for exit in arm.exits {
        for sample in exit.samples {
          table.append([
            .text(name), .integer(exit.exit), .integer(sample.index),
            .number(sample.deletionArea), .number(sample.randomDeletionArea),
            .number(sample.insertionArea), .number(sample.randomInsertionArea),
            .number(sample.roadGap), .number(sample.gradCAMCosine), .number(sample.gradCAMCentred),
            .number(sample.gradCAMSpearman),
          ])
        }
      }
    }
    return table.bytes
  }
}
