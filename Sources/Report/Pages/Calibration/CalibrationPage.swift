import Analysis

/// Whether a confidence can be believed: per exit, against the share of right answers.
enum CalibrationPage: PageSection {
  static let name = "Calibration"
  static let file = "calibration.html"

  static func isPresent(in context: ReportContext) -> Bool {
    context.result.models.contains { !$0.calibration.isEmpty }
  }

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(file: file, title: "Calibration", template: "calibration", section: name) {
        fields(context)
      }
    ]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let scaling = ScalingTable(context)
    let scaled = scaling.fields
    return [
      "notices": .list(AnswerNotices(context).fields),
      "findings": .list(findings(context)),
      "isPaired": .flag(!context.compared.isEmpty),
      "hasSeveral": .flag(context.result.models.count > 1),
      "figures": .list(context.figures("reliability")),
      "scores": .fields(CalibrationTable.table(context).pageFields),
      "hasScaling": .flag(scaled != nil),
      "scaling": .list(scaled.map { [$0] } ?? []),
      "validationText": .text(scaling.validationText),
      "boundNote": .optional(scaling.boundNote),
      "bins": .list(
        (1...max(1, context.exitCount)).compactMap { exit in
          ReliabilityTable.exit(exit, context).map {
            ["exitName": .text("Exit \(exit)"), "table": .fields($0.pageFields)]
          }
        }),
      "entries": .list(definitions(context)),
    ]
  }

  /// One sentence a measure and comparison: at which exits a model does better or worse, with the difference and its
  /// interval.
  private static func findings(_ context: ReportContext) -> [Fields] {
    let compared = context.compared.filter { $0.paired?.calibration.isEmpty == false }
    guard !compared.isEmpty else { return [] }
    if let reason = AnswerNotices(context).confidences {
      return [["measure": "Calibration is not compared.", "finding": .text(reason)]]
    }
    let measures: [(String, lowerIsBetter: Bool, (PairedCalibration) -> Estimate?)] = [
      ("Calibration error (debiased ECE)", true, { $0.widest.ece }),
      ("NLL", true, { $0.widest.nll }), ("Brier score", true, { $0.widest.brier }),
      ("Failure prediction (AUROC)", false, { $0.widestAUROC }),
    ]
    return measures.map { name, lowerIsBetter, value in
      let parts = compared.map { comparison in
        var list = FindingList()
        for exit in comparison.paired!.calibration {
          let delta = value(exit)
          let interval = NumberFormat.interval(delta) { NumberFormat.signed($0) } ?? ""
          list.add(
            .exit(exit.exit), delta.flatMap { Number($0).finding },
            delta.map { "\(NumberFormat.signed($0.value)) \(interval)" })
        }
        let model = context.name(comparison.model)
        return list.text(
          lowerIsBetter
            ? .init(higher: "worse with \(model) at", lower: "better with \(model) at")
            : .init(higher: "better with \(model) at", lower: "worse with \(model) at"))
      }
      return ["measure": .text(name), "finding": .text(parts.joined(separator: ". ") + ".")]
    }
  }

  private static func definitions(_ context: ReportContext) -> [Fields] {
    let result = context.result
    let resamples = NumberFormat.count(result.bootstrapResamples)
    let runsText =
      context.compared.contains { $0.paired?.calibration.contains { $0.overRuns != nil } == true }
      ? "; of differences (Δ), over images and training runs" : ""
    let several = result.models.contains { $0.seeds.count > 1 }
    let runs = several ? " With several runs of a model: the mean of the runs’ values." : ""
    let delta =
      context.compared.isEmpty
      ? [] : [("Δ", "\(context.deltaText); bold where its interval excludes 0.")]
    let entries = [
      ("Confidence", "The largest softmax probability of an exit’s answer."),
      (
        "ECE",
        """
        Expected calibration error: 15 bins of equal width, the mean over answers of |share right − mean \
        confidence| in the answer’s bin (Guo et al., 2017). Chance moves every bin away from the \
        diagonal, so it is above 0 even for an exit that is perfectly calibrated: “by chance” is the ECE \
        such an exit would have with these confidences and this many images.\(runs)
        """
      ),
      (
        "Debiased ECE",
        """
        The ECE less what chance adds, as estimated by Kumar, Liang and Ma (2019), at least 0. The interval \
        (bootstrap over images, \(resamples) resamples, around the debiased value) starts at 0 where \
        the ECE is no larger than chance gives in 97.5\u{A0}% of samples.
        """
      ),
      (
        "NLL",
        """
        Mean −ln of the probability given to the right class; one confident mistake can weigh much.
        """
      ),
      (
        "Brier score",
        """
        Mean over images of the sum over classes of (probability − 1 for the right class, 0 for others)², \
        0 to 2 (Brier, 1950). NLL and Brier score are proper: they also fall when answers get better, not only \
        when confidences do.
        """
      ),
      (
        "AUROC",
        """
        The chance that a right answer has a higher confidence than a wrong one, ties counting half: 0.5 is \
        no better than guessing which answers are wrong. DeLong’s interval; none where a run has a single wrong \
        or a single right answer. A dash where all answers are right or all wrong.
        """
      ),
      (
        "Interval",
        """
        95\u{A0}%, over images, the training runs held fixed\(runsText). Of single bins: Wilson’s.\
        \(several ? " Bins hold the answers of all runs; n is then the number of different images." : "")
        """
      ),
    ]
    return (entries + delta).map { ["term": .text($0.0), "meaning": .text($0.1)] }
  }
}
