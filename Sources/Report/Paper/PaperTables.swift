import Analysis

/// The tables of a report for a paper: `tables/NAME.tex`, each with a caption that says what its intervals are.
struct PaperTables {
  private let context: ReportContext
  private var result: AuditResult { context.result }
  private var arms: [ModelResult] { [result.baseline, result.egt] }

  /// File name and content, in the order in which they are written.
  static func all(_ context: ReportContext) -> [(name: String, text: String)] {
    let tables = PaperTables(context: context)
    let written: [(String, TeXTable?)] =
      [
        ("accuracy", tables.accuracy), ("calibration", tables.calibration),
        ("centred", tables.agreement(.centred)), ("classes", tables.classes),
        ("consistency", tables.agreement(.cosine)), ("early-exit", tables.earlyExit),
        ("failure", tables.failure),
      ] + ExperimentPaperTables.all(context)
    return written.compactMap { name, table in table.map { ("\(name).tex", $0.document) } }
  }

  // MARK: Consistency

  /// What maps agree by: one table each, so that each fits the page of any venue (397 points at NeurIPS).
  private enum Agreement {
    case cosine, centred
  }

  /// nil without an early exit.
  private func agreement(_ kind: Agreement) -> TeXTable? {
    guard context.earlyExitCount > 0 else { return nil }
    var rows = (1...context.earlyExitCount).map { exit in
      row(
        kind, "Exit \(exit)", .exit(exit),
        arms.map { $0.exits.first { $0.exit == exit }?.consistency },
        result.paired?.exits.first { $0.exit == exit })
    }
    var mean = row(kind, "Mean", .mean, arms.map(\.mean.consistency), result.paired?.mean)
    mean.isDivided = true
    rows.append(mean)
    let what =
      kind == .cosine
      ? "mean cosine, and its null, the cosine with the final map of another image"
      : "mean centred (Pearson) correlation of the cells, and its null, that with the final map of another image"
    return TeXTable(
      label: kind == .cosine ? "tab:consistency" : "tab:centred",
      caption: TeXText.escaped(
        "Agreement of each early exit’s attention map with the final exit’s on \(data): \(what). "
          + "\(intervals) \(premise ?? differences)"),
      isWide: true, textColumns: 1,
      headings: [
        [
          blank(1), .init(text: kind == .cosine ? "Cosine" : "Centred $r$", columns: 3),
          .init(text: "Null", columns: 2),
        ],
        [.init(text: "Exit", columns: 1)] + names + [delta] + names,
      ], rows: rows)
  }

  private func row(
    _ kind: Agreement, _ name: String, _ place: AuditPlace, _ models: [ConsistencyResult?],
    _ paired: PairedExit?
  ) -> TeXTable.Row {
    let isCosine = kind == .cosine
    let values = zip(arms, models).map { arm, model in
      value(
        isCosine ? model?.cosine : model?.centred,
        over: arm.runs.number(isCosine ? .cosine : .centred, place))
    }
    return TeXTable.Row(
      cells: [TeXTable.Cell(name)] + values
        + [difference(isCosine ? paired?.cosine : paired?.centred)]
        + models.map { TeXTable.Cell(TeXNumber.fixed(isCosine ? $0?.null : $0?.centredNull)) })
  }

  // MARK: Accuracy

  private var accuracy: TeXTable {
    let rows = (1...max(1, context.exitCount)).map { exit in
      let exits = arms.map { $0.exits.first { $0.exit == exit } }
      let paired = result.paired?.exits.first { $0.exit == exit }
      return TeXTable.Row(
        cells: [TeXTable.Cell("Exit \(exit)" + (exit == context.exitCount ? ", final" : ""))]
          + zip(arms, exits).map { arm, result in
            value(
              result?.accuracy, over: arm.runs.number(.accuracy, .exit(exit)), factor: 100,
              decimals: 1)
          } + [difference(paired?.accuracy, factor: 100, decimals: 1)])
    }
    return TeXTable(
      label: "tab:accuracy",
      caption: TeXText.escaped(
        "Accuracy (%) of each exit on \(data). \(intervals) \(differences)"),
      isWide: false, textColumns: 1,
      headings: [[.init(text: "Exit", columns: 1)] + names + [delta]], rows: rows)
  }

  private var earlyExit: TeXTable {
    let exits = 1...max(1, context.exitCount)
    let rows = zip(["Baseline", "EGT"], arms).map { name, arm in
      let shares = exits.map { exit in
        TeXTable.Cell(
          TeXNumber.fixed(
            arm.earlyExit.shares.indices.contains(exit - 1)
              ? 100 * arm.earlyExit.shares[exit - 1] : nil, 1))
      }
      return TeXTable.Row(
        cells: [TeXTable.Cell(name)] + shares
          + [
            value(
              arm.earlyExit.accuracy, over: arm.runs.number(.accuracy, .earlyExit), factor: 100,
              decimals: 1),
            TeXTable.Cell(TeXNumber.fixed(arm.earlyExit.meanMacs.map { $0 / 1e6 }, 1)),
          ])
    }
    return TeXTable(
      label: "tab:early-exit",
      caption: TeXText.escaped(
        """
        Early exit at confidence τ = \(NumberFormat.exact(result.threshold) ?? "undefined"), simulated from the recorded \
        answers on \(data): share of images that leaves at each exit (%), accuracy (%) and mean cost (million \
        multiply–accumulates an image). \(intervals)
        """),
      isWide: true, textColumns: 1,
      headings: [
        [blank(1), .init(text: "Leaves at exit (\\%)", columns: exits.count), blank(1), blank(1)],
        [.init(text: "Model", columns: 1)]
          + exits.map { .init(text: String($0), columns: 1) }
          + [.init(text: "Accuracy", columns: 1), .init(text: "MMAC", columns: 1)],
      ], rows: rows)
  }

  // MARK: Calibration

  private var isCalibrated: Bool { arms.contains { !$0.calibration.isEmpty } }

  /// nil where it was not computed.
  private var calibration: TeXTable? {
    guard isCalibrated else { return nil }
    let rows = (1...max(1, context.exitCount)).map { exit in
      let exits = arms.map { $0.calibration.first { $0.exit == exit } }
      let paired = result.paired?.calibration.first { $0.exit == exit }
      return TeXTable.Row(
        cells: [TeXTable.Cell("Exit \(exit)")] + exits.map { value($0?.scores.ece.debiased) }
          + [calibrationDifference(paired?.widest.ece)] + exits.map { value($0?.scores.nll) }
          + [calibrationDifference(paired?.widest.nll)])
    }
    return TeXTable(
      label: "tab:calibration",
      caption: TeXText.escaped(
        """
        Calibration of each exit on \(data): debiased expected calibration error (15 bins of equal width) and negative \
        log-likelihood. \(imageIntervals) \(confidenceDifferences)
        """),
      isWide: true, textColumns: 1,
      headings: [
        [blank(1), .init(text: "ECE, debiased", columns: 3), .init(text: "NLL", columns: 3)],
        [.init(text: "Exit", columns: 1)] + names + [delta] + names + [delta],
      ], rows: rows)
  }

  /// Not bold where confidences are none.
  private func calibrationDifference(_ estimate: Estimate?) -> TeXTable.Cell {
    difference(estimate, isBold: AnswerNotices(context).confidences == nil ? nil : false)
  }

  /// What Δ is of, and why nothing is found where confidences are none.
  private var confidenceDifferences: String {
    AnswerNotices(context).confidences.map { "The two models are not compared. \($0)" }
      ?? imageDifferences
  }

  /// nil where it was not computed.
  private var failure: TeXTable? {
    guard isCalibrated else { return nil }
    let rows = (1...max(1, context.exitCount)).map { exit in
      let exits = arms.map { $0.calibration.first { $0.exit == exit } }
      let paired = result.paired?.calibration.first { $0.exit == exit }
      return TeXTable.Row(
        cells: [TeXTable.Cell("Exit \(exit)")] + exits.map { value($0?.auroc) }
          + [calibrationDifference(paired?.widestAUROC)])
    }
    return TeXTable(
      label: "tab:failure",
      caption: TeXText.escaped(
        """
        Failure prediction of each exit on \(data): the AUROC with which confidence tells right answers from wrong \
        ones. \(imageIntervals) \(confidenceDifferences)
        """),
      isWide: false, textColumns: 1,
      headings: [[.init(text: "Exit", columns: 1)] + names + [delta]], rows: rows)
  }

  // MARK: Data

  /// More rows run off the page of every venue; a long table would need one column and a package of its own.
  private static let mostClasses = 40

  private var classes: TeXTable {
    let parts = ClassCounts.parts(context)
    func count(_ value: Int?) -> TeXTable.Cell {
      TeXTable.Cell(value.map { TeXText.escaped(NumberFormat.count($0)) } ?? TeXNumber.missing)
    }
    let shown = result.classNames.prefix(Self.mostClasses)
    let isCut = shown.count < result.classNames.count
    var rows = shown.enumerated().map { label, name in
      TeXTable.Row(
        cells: [TeXTable.Cell(TeXText.name(name, limit: 40))]
          + parts.map { count($0.counts.indices.contains(label) ? $0.counts[label] : nil) })
    }
    if isCut {
      let others = NumberFormat.count(result.classNames.count - shown.count)
      rows.append(
        TeXTable.Row(
          cells: [TeXTable.Cell(TeXText.escaped("and \(others) more"))]
            + parts.map { count($0.counts.dropFirst(shown.count).reduce(0, +)) }))
    }
    rows.append(
      TeXTable.Row(
        cells: [TeXTable.Cell("All")] + parts.map { count($0.counts.reduce(0, +)) },
        isDivided: true))
    return TeXTable(
      label: "tab:classes",
      caption: TeXText.escaped(
        "Images per class of \(context.title)."
          + (isCut
            ? " The first \(shown.count) of \(NumberFormat.count(result.classNames.count)) classes; "
              + "data/per-class.csv has the test images of all." : "")),
      isWide: false, textColumns: 1,
      headings: [
        [.init(text: "Class", columns: 1)]
          + parts.map { .init(text: TeXText.name($0.name, limit: 30), columns: 1) }
      ], rows: rows)
  }

  // MARK: Parts

  /// Mean ± standard deviation over training runs where there are several, else the number with its interval.
  private func value(
    _ estimate: Estimate?, over runs: RunsEstimate? = nil, factor: Double = 1, decimals: Int = 3
  ) -> TeXTable.Cell {
    let scaled = estimate.map { Self.scaled($0, by: factor) }
    if let scaled, let deviation = runs?.deviation {
      return TeXTable.Cell(TeXNumber.spread(scaled.value, factor * deviation, decimals))
    }
    return TeXTable.Cell(
      TeXNumber.fixed(scaled?.value, decimals), detail: TeXNumber.interval(scaled, decimals))
  }

  /// Over images and training runs where that interval exists, else over images.
  private func difference(
    _ number: PairedNumber?, factor: Double = 1, decimals: Int = 3
  ) -> TeXTable.Cell {
    difference(
      number?.interval, isBold: number?.finding == .higher || number?.finding == .lower,
      factor: factor, decimals: decimals)
  }

  private func difference(
    _ estimate: Estimate?, isBold: Bool? = nil, factor: Double = 1, decimals: Int = 3
  ) -> TeXTable.Cell {
    let scaled = estimate.map { Self.scaled($0, by: factor) }
    return TeXTable.Cell(
      TeXNumber.signed(
        scaled?.value, decimals, isBold: isBold ?? (estimate?.excludesZero == true)),
      detail: TeXNumber.interval(scaled, decimals, isSigned: true))
  }

  private static func scaled(_ estimate: Estimate, by factor: Double) -> Estimate {
    Estimate(
      factor * estimate.value, low: estimate.low.map { factor * $0 },
      high: estimate.high.map { factor * $0 })
  }

  private func blank(_ columns: Int) -> TeXTable.Heading { .init(text: "", columns: columns) }

  private var names: [TeXTable.Heading] {
    [.init(text: "Baseline", columns: 1), .init(text: "EGT", columns: 1)]
  }

  private var delta: TeXTable.Heading { .init(text: "$\\Delta$", columns: 1) }

  /// "fashion-mnist (1,364 test images)"
  private var data: String { "\(context.title) (\(context.sampleCountText))" }

  private var imageIntervals: String {
    "In brackets: 95 % intervals over images, the training runs held fixed."
  }

  /// What stands beside a model's numbers: arms with several runs have ±, others brackets.
  private var intervals: String {
    let counts = arms.map(\.seeds.count)
    let spread = "±: standard deviation over "
    switch (counts[0] > 1, counts[1] > 1) {
    case (true, true) where counts[0] == counts[1]: return spread + "\(counts[0]) training runs."
    case (true, true): return spread + "\(counts[0]) baseline and \(counts[1]) EGT training runs."
    case (true, false), (false, true):
      return spread + "\(max(counts[0], counts[1])) training runs. " + imageIntervals
    case (false, false): return imageIntervals
    }
  }

  /// What the intervals of differences are over.
  private var differences: String {
    guard result.paired != nil else { return "The two models saw different images." }
    return """
      Δ is EGT minus baseline on the same images, with its 95 % interval \
      \(RunWords.scope(result, context.sampleCountText)); bold where that excludes 0 and the \
      test rejects at 0.05.
      """
  }

  /// What stands in its place where the models' maps may not be compared.
  private var premise: String? {
    result.paired?.mapPremise.map {
      "Δ is EGT minus baseline on the same images; the two are not compared: "
        + "\(DisplayText.text($0.reason, limit: 300))."
    }
  }

  /// The same where intervals are over images only.
  private var imageDifferences: String {
    guard result.paired != nil else { return "The two models saw different images." }
    return "Δ is EGT minus baseline on the same images, bold where its interval excludes 0."
  }
}
