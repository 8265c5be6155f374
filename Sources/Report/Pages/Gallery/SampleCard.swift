import Analysis
import Rendering

/// One image under each model that sheets show: its sheet and, exit by exit, what was answered.
struct SampleCard {
  let context: ReportContext
  let sample: SampleResult
  let sheets: SampleSheets
  let layouts: SheetLayouts

  private var scale: SheetScale { sheets.scale }

  /// nil where there is no sheet of that sample.
  init?(_ context: ReportContext, _ position: Int) {
    guard let sheets = context.sheets[position], let layouts = context.sheetLayouts else {
      return nil
    }
    self.context = context
    self.sheets = sheets
    self.layouts = layouts
    sample = context.result.samples[position]
  }

  /// The sheet with its headers, its scale and its further views.
  var sheetFields: Fields {
    let layout = layouts.overlay
    return [
      "id": .text("s\(sample.index)"), "hasRows": .flag(context.drawn.count > 1),
      "models": .list(heads), "number": .text(String(sample.index)),
      "label": .text(context.className(sample.label)),
      "src": .text(SheetView.shared.file(sample)),
      "ownSrc": .text(SheetView.ownScales.file(sample)),
      "width": .text(String(layout.width)), "height": .text(String(layout.height)),
      "alt": .text(alt),
      "columnsClass": .text("columns-\(min(layout.columns, 13))"),
      "columns": .list(
        (0..<layout.columns).map { ["label": .text($0 == 0 ? "Input" : "Exit \($0)")] }),
      "scaleLow": .text(NumberFormat.scaleEnd(scale.lower)),
      "scaleHigh": .text(NumberFormat.scaleEnd(scale.upper)),
      "quantity": .text(quantity),
      "scaleNote": .optional(scaleNote),
      "difference": .optional(difference), "contours": .optional(contours),
    ]
  }

  /// The drawn models in the order of the sheet's rows.
  private var heads: [Fields] {
    context.drawn.enumerated().map { place, model in
      context.head(model).merging(["isLater": .flag(place > 0)])
    }
  }

  /// The sheet and the table of a gallery page.
  var fields: Fields {
    sheetFields.merging([
      "alt": .text(
        "Image \(sample.index): input and \(context.mapPhrase)s over it at \(layouts.overlay.columns - 1) exits"
      ),
      "identifier": .optional(
        context.identifier(sample.index).map { DisplayText.name($0, limit: 60) }),
      "deltas": .list(deltas),
      "exits": .list((0..<context.exitCount).map(exit)),
    ])
  }

  /// Each drawn model's difference from the reference; the cosine of a model alone.
  private var deltas: [Fields] {
    let others = context.drawn.filter { context.result.comparison(of: $0)?.paired != nil }
    guard !others.isEmpty else {
      return [
        [
          "term": "mean cosine",
          "delta": .text(NumberFormat.fixed(sample.models[0]?.earlyCosine)),
        ]
      ]
    }
    return others.map { model in
      [
        "term": .text(others.count == 1 ? "Δ" : "Δ \(context.name(model))"),
        "delta": .text(NumberFormat.signed(sample.deltas[model])),
      ]
    }
  }

  private func exit(_ index: Int) -> Fields {
    [
      "exit": .text(String(index + 1)),
      "cells": .list(context.drawn.map { answer(sample.models[$0], index) }),
    ]
  }

  private func answer(_ model: SampleModel?, _ exit: Int) -> Fields {
    guard let model, model.predictions.indices.contains(exit) else {
      return [
        "answer": .text(NumberFormat.missing), "isWrong": false, "leaves": false,
        "confidence": .text(NumberFormat.missing), "cosine": .text(NumberFormat.missing),
        "maximum": .text(NumberFormat.missing),
      ]
    }
    return [
      "answer": .text(context.className(model.predictions[exit])),
      "isWrong": .flag(model.predictions[exit] != sample.label),
      "leaves": .flag(model.leavesAt == exit + 1),
      "confidence": .text(NumberFormat.percent(model.confidences[exit])),
      "cosine": .text(NumberFormat.fixed(model.cosines[exit])),
      "maximum": .text(NumberFormat.fixed(model.mapMaxima[exit])),
    ]
  }

  /// What the picture shows, for those who cannot see it, where no table says it.
  private var alt: String {
    let rows = context.drawn.compactMap { model -> String? in
      guard let answers = sample.models[model], let last = answers.predictions.last else {
        return nil
      }
      let cosine = NumberFormat.fixed(answers.cosines.first ?? nil)
      return
        " \(context.name(model)): final answer \(context.className(last)), leaves at exit \(answers.leavesAt), "
        + "cosine of exit 1 with the final map \(cosine)."
    }
    return """
      Image \(sample.index), class \(context.className(sample.label)): input and \(context.mapPhrase)s over it at \
      \(layouts.overlay.columns - 1) exits.\(rows.count > 1 ? " Rows from the top." : "")\(rows.joined())
      """
  }

  /// What a colour stands for: the same in all rows, or row by row.
  private var quantity: String {
    let word = context.mapWord == "map" ? "map value" : DisplayText.name(context.mapWord, limit: 60)
    let names = scale.quantities.map {
      $0 == .cellDensity ? "\(word) × cells (1 is uniform)" : word
    }
    return Set(names).count == 1
      ? names[0]
      : zip(context.drawn, names).map { "\(context.name($0)): \($1)" }.joined(separator: ", ")
  }

  private var scaleNote: String? {
    var notes: [String] = []
    if context.drawn.contains(where: { context.recordings[$0][0].images == nil }) {
      notes.append("photos are read from the recording’s files; grey where one cannot be read")
    }
    if scale.nonFiniteCells > 0 {
      notes.append(
        "\(NumberFormat.counted(scale.nonFiniteCells, "cell is", "cells are")) not finite: hatched")
    }
    if scale.negativeCells > 0 {
      notes.append(
        "\(NumberFormat.counted(scale.negativeCells, "cell is", "cells are")) negative: drawn as 0")
    }
    return notes.isEmpty ? nil : notes.joined(separator: "; ")
  }
}
