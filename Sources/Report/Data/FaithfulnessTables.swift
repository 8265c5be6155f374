import Analysis

/// The files behind the faithfulness page; header lines alone where nothing was recorded.
enum FaithfulnessTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("faithfulness", FaithfulnessTable.own(context)),
      DataFile("faithfulness-paired", FaithfulnessTable.differences(context)),
      DataFile("faithfulness-curves", isInJSON: false, curves(context)),
      DataFile("faithfulness-random-weights", RandomWeightsTable.table(context)),
      DataFile("faithfulness-samples", isInJSON: false, samples(context)),
    ]
  }

  private static func models(
    _ context: ReportContext
  ) -> [(name: String, faithfulness: ModelFaithfulness)] {
    context.result.models.compactMap { model in model.faithfulness.map { (model.name, $0) } }
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
