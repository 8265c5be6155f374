import Analysis

/// The tables of the faithfulness page.
struct FaithfulnessPageTables {
  private let context: ReportContext
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  private var exits: ClosedRange<Int> { 1...max(1, context.exitCount) }

  private func exit(_ exit: Int, of model: Int) -> ExitFaithfulness? {
    result.models[model].faithfulness?.exits.first { $0.exit == exit }
  }

  private func groups(
    _ cells: (ExitFaithfulness?) -> [GroupedTable.Cell],
    difference: (PairedFaithfulness?) -> [GroupedTable.Cell]
  ) -> [GroupedTable.Group] {
    exits.map { exit in
      GroupedTable.Group(
        name: "Exit \(exit)", detail: context.isFinal(exit) ? "final" : "",
        rows: context.rows { model in
          exit <= model.exits.count ? cells(self.exit(exit, of: model.index)) : nil
        }
          + context.differences { comparison in
            let paired = comparison.faithfulness?.exits.first { $0.exit == exit }
            let isComparable = comparison.paired?.mapPremise == nil
            return comparison.faithfulness == nil
              ? nil : difference(paired).map { Self.marked($0, isComparable) }
          })
    }
  }

  /// A difference between maps that may not be compared is not marked.
  private static func marked(
    _ cell: GroupedTable.Cell, _ isComparable: Bool
  ) -> GroupedTable.Cell {
    var cell = cell
    if !isComparable { cell.isClear = false }
    return cell
  }

  private var samples: String {
    let counts = result.models.compactMap { $0.faithfulness?.sampleCount }
    return "\(NumberFormat.range(counts)) of \(context.sampleCountText)"
  }

  /// Of differences; empty without any.
  private var delta: String {
    guard let first = context.compared.first(where: { $0.faithfulness != nil }) else { return "" }
    let scope = RunWords.scope(isOverRuns: first.faithfulness!.areOverRuns, first)
    return " \(context.deltaText), \(scope), bold where its interval excludes 0."
  }

  var masking: GroupedTable {
    func area(_ curve: MaskingCurve?) -> [GroupedTable.Cell] {
      [.number(curve?.area.value), .number(curve?.randomArea.value), .number(curve?.gain, signed)]
    }
    return GroupedTable(
      id: "masking-table", label: "Table: deletion, insertion and ROAD",
      caption:
        "Areas under the mean curves, what random order gives, and the gain over it (for deletion a smaller area is better); both: the mean of the two gains. \(samples); 95\u{A0}% intervals in brackets.\(delta) Curves and every image’s areas: faithfulness-curves.csv, faithfulness-samples.csv.",
      columns: [
        .init("Whole image", "probability"), .init("Deletion", "area"), .init("Random", "area"),
        .init("Gain"), .init("Insertion", "area"), .init("Random", "area"), .init("Gain"),
        .init("Both", "mean gain"), .init("ROAD", "gap"),
      ],
      groups: groups { exit in
        [.number(exit?.masking?.wholeImage)] + area(exit?.masking?.deletion)
          + area(exit?.masking?.insertion)
          + [.number(exit?.masking?.advantage, signed), .number(exit?.road?.gap, signed)]
      } difference: { paired in
        [
          .empty, .empty, .empty, .difference(paired?.deletionGain), .empty, .empty,
          .difference(paired?.insertionGain), .difference(paired?.advantage),
          .difference(paired?.roadGap),
        ]
      }, isDense: true)
  }

  private var signed: (Double?) -> String { { NumberFormat.signed($0) } }

  var gradCAM: GroupedTable {
    func agreement(_ value: AgreementWithNull?) -> [GroupedTable.Cell] {
      [.number(value?.value), .number(value?.null), .number(value?.excess, signed)]
    }
    return GroupedTable(
      id: "gradcam-table", label: "Table: agreement with Grad-CAM",
      caption:
        "Agreement of the maps with Grad-CAM, its null (Grad-CAM maps of other images) and the excess over it. \(samples); 95\u{A0}% intervals in brackets. Undefined: maps that are constant, most often Grad-CAM maps of zeros; left out.",
      columns: [
        .init("Cosine"), .init("Null"), .init("Excess"), .init("Centred r"), .init("Null"),
        .init("Excess"), .init("Spearman"), .init("Null"), .init("Excess"),
        .init("Undefined", "maps"),
      ],
      groups: groups { exit in
        agreement(exit?.gradCAM?.cosine) + agreement(exit?.gradCAM?.centred)
          + agreement(exit?.gradCAM?.spearman) + [.count(exit?.gradCAM?.undefined)]
      } difference: { paired in
        [GroupedTable.Cell](repeating: .empty, count: 3)
          + [.difference(paired?.gradCAMCentred)]
          + [GroupedTable.Cell](repeating: .empty, count: 6)
      }, isDense: true)
  }

  /// Answers after removal with imputation, by share of pixels: probability and accuracy, both orders.
  var road: Fields {
    let fractions =
      exits.lazy.flatMap { exit in context.models.map { self.exit(exit, of: $0) } }
      .compactMap { $0?.road?.fractions }.first ?? []
    func row(
      _ exit: Int, _ model: Int, _ order: String, _ curve: RoadCurve?
    ) -> Fields? {
      guard let curve, curve.probabilities.count == fractions.count else { return nil }
      return context.head(model).merging([
        "exitName": .text("Exit \(exit)"), "order": .text(order),
        "cells": .list(
          curve.probabilities.indices.map {
            [
              "probability": .text(NumberFormat.fixed(curve.probabilities[$0], 2)),
              "accuracy": .text(NumberFormat.percent(curve.accuracies[$0])),
            ]
          }),
      ])
    }
    return [
      "sampleText": .text(samples),
      "fractions": .list(fractions.map { ["label": .text(NumberFormat.percent($0, 0))] }),
      "rows": .list(
        exits.flatMap { exit in
          context.models.flatMap { model in
            let road = self.exit(exit, of: model)?.road
            return [
              row(exit, model, "most attended", road?.mostRelevantFirst),
              row(exit, model, "least attended", road?.leastRelevantFirst),
            ].compactMap { $0 }
          }
        }),
    ]
  }

  var randomWeights: Fields {
    func row(_ exit: Int, _ model: Int, _ stage: RandomizedStage) -> Fields {
      func number(_ estimate: Estimate?) -> Fields {
        [
          "value": .text(NumberFormat.fixed(estimate?.value)),
          "interval": .optional(NumberFormat.interval(estimate) { NumberFormat.fixed($0) }),
        ]
      }
      return context.head(model).merging([
        "exitName": .text("Exit \(exit)"), "stage": .text(String(stage.stage)),
        "cells": .list([
          number(stage.spearman),
          [
            "value": .text(
              "\(NumberFormat.fixed(stage.lowestDraw, 2)) to \(NumberFormat.fixed(stage.highestDraw, 2))"
            ),
            "interval": false,
          ],
          number(stage.centred), number(stage.structuralSimilarity),
          ["value": .text(NumberFormat.count(stage.undefined)), "interval": false],
        ]),
      ])
    }
    return [
      "sampleText": .text(samples),
      "rows": .list(
        exits.flatMap { exit in
          context.models.flatMap { model in
            (self.exit(exit, of: model)?.randomized ?? []).map { row(exit, model, $0) }
          }
        }),
    ]
  }
}
