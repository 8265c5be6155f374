import Analysis

/// The CSV files behind the disagreement page; header lines alone where the models were not compared.
enum DisagreementTables {
  static func all(_ context: ReportContext) -> [(name: String, bytes: [UInt8])] {
    [
      ("disagreement.csv", numbers(context)), ("disagreement-samples.csv", samples(context)),
    ]
  }

  /// One row a comparison: the `first` side against the `second`, EGT being second to the baseline and the final
  /// exit to the others.
  private static let header =
    ["comparison", "arm", "place", "baseline_run", "egt_run", "both_right", "only_first_right"]
    + ["only_second_right", "both_wrong", "difference", "difference_low", "difference_high", "p"]
    + ["holm_p", "same_answer", "elsewhere", "elsewhere_share", "elsewhere_share_low"]
    + ["elsewhere_share_high", "elsewhere_chance", "null", "confident", "confident_wrong"]
    + ["confident_wrong_share", "confident_wrong_share_low", "confident_wrong_share_high", "wrong"]

  private static func numbers(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(header)
    guard let disagreement = context.result.disagreement else { return table.bytes }
    func append(
      _ comparison: String, _ arm: String, _ place: CSVTable.Cell, runs: (Int, Int)? = nil,
      answers: [CSVTable.Cell] = .empty(9), same: SameAnswer? = nil, errors: ConfidentErrors? = nil
    ) {
      table.append(
        [.text(comparison), .text(arm), place, .integer(runs?.0), .integer(runs?.1)] + answers
          + cells(same) + cells(errors))
    }
    for pair in disagreement.tables {
      for row in pair.rows {
        append(
          "models", "both", cell(row.place), runs: (pair.baseline, pair.egt),
          answers: [
            .integer(row.test.bothRight), .integer(row.test.onlyBaselineRight),
            .integer(row.test.onlyEGTRight), .integer(row.test.bothWrong),
          ] + estimate(row.difference) + [.number(row.test.p), .number(row.holmP)])
      }
    }
    append("same answer of both models", "both", .text("final"), same: disagreement.models)
    for (arm, exits) in [
      ("baseline", disagreement.baselineExits), ("egt", disagreement.egtExits),
    ] {
      for exit in exits {
        append(
          "exit against final", arm, .integer(exit.exit),
          answers: [
            .integer(exit.bothRight), .integer(exit.onlyExitRight),
            .integer(exit.onlyFinalRight), .integer(exit.bothWrong),
          ] + estimate(exit.difference) + [.number(exit.p), .number(exit.holmP)],
          same: exit.sameAnswer)
      }
    }
    for (arm, places) in [
      ("baseline", disagreement.baselineConfidence), ("egt", disagreement.egtConfidence),
    ] {
      for errors in places {
        append("confident and wrong", arm, cell(errors.place), errors: errors)
      }
    }
    return table.bytes
  }

  private static func cell(_ place: AuditPlace) -> CSVTable.Cell {
    if case .exit(let exit) = place { return .integer(exit) }
    return .text("leaving")
  }

  private static func cells(_ same: SameAnswer?) -> [CSVTable.Cell] {
    [.integer(same?.count), .integer(same?.null == nil ? nil : same?.elsewhere)]
      + estimate(same?.share) + [.number(same?.chance), .number(same?.null)]
  }

  private static func cells(_ errors: ConfidentErrors?) -> [CSVTable.Cell] {
    [.integer(errors?.confident), .integer(errors?.confidentWrong)] + estimate(errors?.share)
      + [.integer(errors?.wrong)]
  }

  private static func estimate(_ estimate: Estimate?) -> [CSVTable.Cell] {
    [.number(estimate?.value), .number(estimate?.low), .number(estimate?.high)]
  }

  /// Whole lists, in their order; the page shows the first of each.
  private static func samples(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["list", "rank", "sample", "identifier", "label", "final_cosine"]
        + ["baseline_prediction", "baseline_confidence", "baseline_right_exits"]
        + ["egt_prediction", "egt_confidence", "egt_right_exits"])
    guard let disagreement = context.result.disagreement else { return table.bytes }
    for list in DisagreementList.allCases {
      for (rank, position) in list.samples(disagreement).enumerated() {
        let sample = context.result.samples[position]
        var row: [CSVTable.Cell] = [
          .text(list.rawValue), .integer(rank + 1), .integer(sample.index),
          .optional(context.identifier(sample.index)), .integer(sample.label),
          .number(sample.finalCosine),
        ]
        for arm in [sample.baseline, sample.egt] {
          let exits = arm.predictions.indices.filter { arm.predictions[$0] == sample.label }
          row += [
            .integer(arm.predictions.last), .number(arm.confidences.last),
            .text(exits.map { String($0 + 1) }.joined(separator: " ")),
          ]
        }
        table.append(row)
      }
    }
    return table.bytes
  }
}

extension [CSVTable.Cell] {
  fileprivate static func empty(_ count: Int) -> [CSVTable.Cell] {
    [CSVTable.Cell](repeating: .integer(nil), count: count)
  }
}
