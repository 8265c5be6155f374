import Analysis
import Rendering

/// One sample under both models: its sheet and, exit by exit, what was answered.
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
      "id": .text("s\(sample.index)"), "number": .text(String(sample.index)),
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

  /// The sheet and the table of a gallery page.
  var fields: Fields {
    sheetFields.merging([
      "alt": .text(
        "Sample \(sample.index): input and attention overlays of \(layouts.overlay.columns - 1) exits"
      ),
      "identifier": .optional(
        context.identifier(sample.index).map { DisplayText.name($0, limit: 60) }),
      "delta": .text(NumberFormat.signed(sample.deltaCosine)),
      "exits": .list((0..<context.exitCount).map(exit)),
    ])
  }

  private func exit(_ index: Int) -> Fields {
    [
      "exit": .text(String(index + 1)),
      "arms": .list([
        arm(sample.baseline, index), arm(sample.egt, index),
      ]),
    ]
  }

  private func arm(_ arm: SampleModel, _ exit: Int) -> Fields {
    guard arm.predictions.indices.contains(exit) else {
      return [
        "prediction": .text(NumberFormat.missing), "isWrong": false, "leaves": false,
        "confidence": .text(NumberFormat.missing), "cosine": .text(NumberFormat.missing),
        "maximum": .text(NumberFormat.missing),
      ]
    }
    return [
      "prediction": .text(context.className(arm.predictions[exit])),
      "isWrong": .flag(arm.predictions[exit] != sample.label),
      "leaves": .flag(arm.leavesAt == exit + 1),
      "confidence": .text(NumberFormat.percent(arm.confidences[exit])),
      "cosine": .text(NumberFormat.fixed(arm.cosines[exit])),
      "maximum": .text(NumberFormat.fixed(arm.mapMaxima[exit])),
    ]
  }

  /// What the picture shows, for those who cannot see it, where no table says it.
  private var alt: String {
    func arm(_ name: String, _ arm: SampleModel) -> String {
      guard let last = arm.predictions.last else { return "" }
      let cosine = NumberFormat.fixed(arm.cosines.first ?? nil)
      return "\(name): final answer \(context.className(last)), leaves at exit \(arm.leavesAt), "
        + "cosine of exit 1 with the final map \(cosine)."
    }
    return """
      Sample \(sample.index), class \(context.className(sample.label)): input and attention \
      overlays of \(layouts.overlay.columns - 1) exits. Top row, \(arm("baseline", sample.baseline)) \
      Bottom row, \(arm("EGT", sample.egt))
      """
  }

  private var quantity: String {
    let names = scale.quantities.map {
      $0 == .cellDensity ? "attention × cells (1 is uniform)" : "attention"
    }
    return names.dropFirst().allSatisfy { $0 == names[0] }
      ? names[0] : "top row \(names[0]), bottom row \(names[1])"
  }

  private var scaleNote: String? {
    var notes: [String] = []
    if context.baseline[0].images == nil || context.egt[0].images == nil {
      notes.append("photos are read from the recording's files; grey where one cannot be read")
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
