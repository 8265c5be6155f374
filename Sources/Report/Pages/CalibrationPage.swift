import Analysis

/// Whether a confidence can be believed: per exit, against the share of right answers.
enum CalibrationPage: PageSection {
  static let name = "Calibration"
  static let file = "calibration.html"

  static func isPresent(in context: ReportContext) -> Bool {
    !context.result.baseline.calibration.isEmpty || !context.result.egt.calibration.isEmpty
  }

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(file: file, title: "Calibration", template: "calibration", section: name) {
        fields(context)
      }
    ]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let table = CalibrationTable(context)
    return [
      "notices": .list(AnswerNotices(context).fields),
      "findings": .list(findings(context)),
      "isPaired": .flag(context.result.paired != nil),
      "isOverRuns": .flag(
        context.result.paired?.calibration.contains { $0.overRuns != nil } == true),
      "figures": .list(context.figures("reliability")),
      "scores": .fields(table.scores),
      "hasScaling": .flag(table.hasScaling),
      "scaling": .fields(table.scaling),
      "bins": .list(ReliabilityTables.fields(context)),
      "entries": .list(definitions(context)),
    ]
  }

  /// One sentence a measure: at which exits EGT does better or worse, with the difference and its interval.
  private static func findings(_ context: ReportContext) -> [Fields] {
    let paired = context.result.paired?.calibration ?? []
    guard !paired.isEmpty else { return [] }
    if let reason = AnswerNotices(context).confidences {
      return [["measure": "Calibration is not compared.", "finding": .text(reason)]]
    }
    func finding(
      _ name: String, lowerIsBetter: Bool, _ value: (PairedCalibration) -> Estimate?
    ) -> Fields {
      var (better, worse): ([String], [String]) = ([], [])
      var (same, unknown): ([Int], [Int]) = ([], [])
      for exit in paired {
        guard let delta = value(exit), let low = delta.low, let high = delta.high else {
          unknown.append(exit.exit)
          continue
        }
        let interval = NumberFormat.interval(delta) { NumberFormat.signed($0) } ?? ""
        let text = "exit \(exit.exit) (\(NumberFormat.signed(delta.value)) \(interval))"
        switch (low > 0, high < 0) {
        case (false, false): same.append(exit.exit)
        case (let isHigher, _) where isHigher == lowerIsBetter: worse.append(text)
        default: better.append(text)
        }
      }
      func exits(_ numbers: [Int]) -> String {
        (numbers.count == 1 ? "exit " : "exits ") + DisplayText.list(numbers.map(String.init))
      }
      var parts: [String] = []
      if !better.isEmpty { parts.append("better with EGT at \(DisplayText.list(better))") }
      if !worse.isEmpty { parts.append("worse with EGT at \(DisplayText.list(worse))") }
      if !same.isEmpty { parts.append("no difference detected at \(exits(same))") }
      if !unknown.isEmpty { parts.append("no interval at \(exits(unknown))") }
      return [
        "measure": .text(name),
        "finding": .text(parts.joined(separator: "; ") + "."),
      ]
    }
    return [
      finding("Calibration error (debiased ECE)", lowerIsBetter: true) { $0.widest.ece },
      finding("NLL", lowerIsBetter: true) { $0.widest.nll },
      finding("Brier score", lowerIsBetter: true) { $0.widest.brier },
      finding("Failure prediction (AUROC)", lowerIsBetter: false) { $0.widestAUROC },
    ]
  }

  private static func definitions(_ context: ReportContext) -> [Fields] {
    let result = context.result
    let resamples = NumberFormat.count(result.bootstrapResamples)
    let runsText =
      result.paired?.calibration.contains { $0.overRuns != nil } == true
      ? "; of differences (Δ), over images and training runs" : ""
    let several = max(result.baseline.seeds.count, result.egt.seeds.count) > 1
    let runs = several ? " With several runs an arm: the mean of the runs’ values." : ""
    return [
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
      ("Δ", "EGT minus baseline on the same images; bold where its interval excludes 0."),
    ].map { ["term": .text($0.0), "meaning": .text($0.1)] }
  }
}
