import Analysis

/// The files behind the faithfulness page; header lines alone where nothing was recorded.
enum FaithfulnessTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("faithfulness", exits(context)),
      DataFile("faithfulness-paired", paired(context)),
      DataFile("faithfulness-curves", isInJSON: false, curves(context)),
      DataFile("faithfulness-random-weights", randomWeights(context)),
      DataFile("faithfulness-samples", isInJSON: false, samples(context)),
    ]
  }

  private static func models(
    _ context: ReportContext
  ) -> [(name: String, faithfulness: ModelFaithfulness)] {
    context.result.models.compactMap { model in model.faithfulness.map { (model.name, $0) } }
  }

  /// nil for the mean over the early exits, which the summary page speaks of.
  private typealias ExitRow = (model: String, all: ModelFaithfulness, exit: ExitFaithfulness?)

  private static func exits(_ context: ReportContext) -> Table<ExitRow> {
    var columns: [Column<ExitRow>] = [
      .text("model") { $0.model },
      Column("exit") { row in row.exit.map { .integer($0.exit) } ?? .text("mean") },
      .integer("samples") { $0.all.sampleCount }, .integer("recordings") { $0.all.recordingCount },
    ]
    columns += curve("deletion") { $0.masking?.deletion }
    columns += curve("insertion") { $0.masking?.insertion }
    columns += [
      .estimate("advantage") { row in
        row.exit.map { $0.masking?.advantage } ?? row.all.meanAdvantage
      },
      .number("whole_image") { $0.exit?.masking?.wholeImage },
      .number("all_deleted") { $0.exit?.masking?.allDeleted },
      .number("none_inserted") { $0.exit?.masking?.noneInserted },
      .estimate("road_gap") { row in row.exit.map { $0.road?.gap } ?? row.all.meanRoadGap },
      .integer("gradcam_n") { $0.exit?.gradCAM?.n },
      .integer("gradcam_undefined") { $0.exit?.gradCAM?.undefined },
    ]
    columns += agreement("gradcam_cosine") { $0.cosine }
    columns += agreement("gradcam_centred") { $0.centred }
    columns += agreement("gradcam_spearman") { $0.spearman }
    return Table(
      columns,
      rows: models(context).flatMap { model, all -> [ExitRow] in
        all.exits.map { (model, all, $0) } + [(model, all, nil)]
      })
  }

  private static func curve(
    _ name: String, _ curve: @escaping @Sendable (ExitFaithfulness) -> MaskingCurve?
  ) -> [Column<ExitRow>] {
    [
      .estimate("\(name)_area") { $0.exit.flatMap(curve)?.area },
      .estimate("\(name)_random_area") { $0.exit.flatMap(curve)?.randomArea },
      .estimate("\(name)_gain") { $0.exit.flatMap(curve)?.gain },
    ]
  }

  private static func agreement(
    _ name: String, _ value: @escaping @Sendable (GradCAMAgreement) -> AgreementWithNull
  ) -> [Column<ExitRow>] {
    [
      .estimate(name) { $0.exit?.gradCAM.map(value)?.value },
      .number("\(name)_null") { $0.exit?.gradCAM.map(value)?.null },
      .estimate("\(name)_excess") { $0.exit?.gradCAM.map(value)?.excess },
    ]
  }

  private typealias Difference = (
    model: String, reference: String, isOverRuns: Bool, exit: PairedFaithfulness
  )

  private static func paired(_ context: ReportContext) -> Table<Difference> {
    let models = context.result.models
    return Table(
      [
        .text("model") { $0.model }, .text("reference") { $0.reference },
        Column("exit") { row in row.exit.exit > 0 ? .integer(row.exit.exit) : .text("mean") },
        .flag("is_over_runs") { $0.isOverRuns },
        .estimate("delta_deletion_gain") { $0.exit.deletionGain },
        .estimate("delta_insertion_gain") { $0.exit.insertionGain },
        .estimate("delta_advantage") { $0.exit.advantage },
        .estimate("delta_road_gap") { $0.exit.roadGap },
        .estimate("delta_gradcam_centred") { $0.exit.gradCAMCentred },
      ],
      rows: context.result.comparisons.flatMap { comparison -> [Difference] in
        guard let faithfulness = comparison.faithfulness else { return [] }
        return (faithfulness.exits + [faithfulness.mean].compactMap { $0 }).map {
          (
            models[comparison.model].name, models[comparison.reference].name,
            faithfulness.areOverRuns, $0
          )
        }
      })
  }

  private struct Point: Sendable {
    var model: String
    var exit: Int
    var curve: String
    var fraction: Double
    var probability: Double
    var accuracy: Double?
  }

  private static func curves(_ context: ReportContext) -> Table<Point> {
    Table(
      [
        .text("model") { $0.model }, .integer("exit") { $0.exit }, .text("curve") { $0.curve },
        .number("fraction") { $0.fraction }, .number("probability") { $0.probability },
        .number("accuracy") { $0.accuracy },
      ],
      rows: models(context).flatMap { model, all in
        all.exits.flatMap { points($0, of: model) }
      })
  }

  private static func points(_ exit: ExitFaithfulness, of model: String) -> [Point] {
    func points(
      _ curve: String, _ fractions: [Double], _ values: [Double], accuracies: [Double] = []
    ) -> [Point] {
      fractions.enumerated().map { point, fraction in
        Point(
          model: model, exit: exit.exit, curve: curve, fraction: fraction,
          probability: values[point], accuracy: accuracies.isEmpty ? nil : accuracies[point])
      }
    }
    var rows: [Point] = []
    if let masking = exit.masking {
      for (name, curve) in [("deletion", masking.deletion), ("insertion", masking.insertion)] {
        rows += points(name, masking.fractions, curve.curve)
        rows += points("\(name), random order", masking.fractions, curve.randomCurve)
      }
    }
    if let road = exit.road {
      for (name, order) in [
        ("ROAD, most attended first", road.mostRelevantFirst),
        ("ROAD, least attended first", road.leastRelevantFirst),
      ] {
        rows += points(
          name, road.fractions, order.probabilities, accuracies: order.accuracies)
      }
    }
    return rows
  }

  private static func randomWeights(
    _ context: ReportContext
  ) -> Table<(model: String, exit: Int, stage: RandomizedStage)> {
    Table(
      [
        .text("model") { $0.model }, .integer("exit") { $0.exit },
        .integer("stage") { $0.stage.stage }, .estimate("spearman") { $0.stage.spearman },
        .number("lowest_draw") { $0.stage.lowestDraw },
        .number("highest_draw") { $0.stage.highestDraw },
        .estimate("centred") { $0.stage.centred },
        .estimate("ssim") { $0.stage.structuralSimilarity }, .integer("n") { $0.stage.n },
        .integer("undefined") { $0.stage.undefined },
      ],
      rows: models(context).flatMap { model, all in
        all.exits.flatMap { exit in exit.randomized.map { (model, exit.exit, $0) } }
      })
  }

  private static func samples(
    _ context: ReportContext
  ) -> Table<(model: String, exit: Int, sample: SampleFaithfulness)> {
    Table(
      [
        .text("model") { $0.model }, .integer("exit") { $0.exit },
        .integer("sample") { $0.sample.index },
        .number("deletion_area") { $0.sample.deletionArea },
        .number("deletion_random_area") { $0.sample.randomDeletionArea },
        .number("insertion_area") { $0.sample.insertionArea },
        .number("insertion_random_area") { $0.sample.randomInsertionArea },
        .number("road_gap") { $0.sample.roadGap },
        .number("gradcam_cosine") { $0.sample.gradCAMCosine },
        .number("gradcam_centred") { $0.sample.gradCAMCentred },
        .number("gradcam_spearman") { $0.sample.gradCAMSpearman },
      ],
      rows: models(context).flatMap { model, all in
        all.exits.flatMap { exit in exit.samples.map { (model, exit.exit, $0) } }
      })
  }
}
