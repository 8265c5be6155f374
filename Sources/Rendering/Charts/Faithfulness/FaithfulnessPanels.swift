import Analysis

/// How much better than an order that knows nothing each exit's maps do: deletion, insertion and ROAD.
package struct FaithfulnessPanels: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "faithfulness"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "How far maps show what the answers depend on"
  /// Says what the gains and the gap are, n, and that lines are BCa intervals over samples.
  package let caption: String
  /// Per plot and exit: each model's number, 3 decimals, or "undefined".
  package let summary: String

  private let panels: ExitPanels

  /// nil where nothing was recorded.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let names = result.shown(shown).map(\.name)
    let models = result.shown(shown).map(\.faithfulness)
    func panel(_ title: String, _ path: (ExitFaithfulness) -> Estimate?) -> ExitPanels.Panel {
      ExitPanels.Panel(
        title: title,
        marks: models.map { model in
          (model?.exits ?? []).map { ExitPanels.mark(path($0), reference: 0) }
        }, low: 0, high: 0.1)
    }
    let panels = [
      panel("deletion: gain") { $0.masking?.deletion.gain },
      panel("insertion: gain") { $0.masking?.insertion.gain },
      panel("ROAD: gap") { $0.road?.gap },
    ].filter { $0.marks.contains { $0.contains { $0 != nil } } }
    guard !panels.isEmpty else { return nil }
    self.panels = ExitPanels(
      panels: panels, series: ExitPanels.Series.models(names),
      referenceName: "0: an order that knows nothing",
      across: 3)
    caption = """
      Deletion and insertion: area between the curve of pixels in the maps’ order and that of random order. ROAD: \
      probability of the answer after the least attended pixels were removed and imputed, less that after the most \
      attended ones, mean over the shares removed. Above 0, maps know where the answer comes from. \
      \(FaithfulnessText.means(result))
      """
    summary = self.panels.words(names: names)
  }

  /// The key, then rows of at most 3 plots, fewer where `width` is short.
  package func height(width: Double, style: FigureStyle) -> Double {
    panels.height(width: width, style: style)
  }

  /// Names the models as the audit does, not by `style.models`; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    panels.draw(on: &canvas, width: width, style: style)
  }
}

/// How far attention agrees with Grad-CAM, beside what other images' Grad-CAM maps give.
package struct GradCAMPanels: Figure {
  /// Its name in `FigureCatalogue`, and the stem of its files for a paper.
  package let name = "grad-cam"
  /// Names it to assistive technology on pages; a PDF's title.
  package let title = "Agreement of attention with Grad-CAM"
  /// Says what the maps and the grey lines are, n, and that lines are BCa intervals over samples.
  package let caption: String
  /// Per plot and exit: each model's number, 3 decimals, or "undefined".
  package let summary: String

  private let panels: ExitPanels

  /// nil where nothing was recorded.
  package init?(_ result: AuditResult, shown: [Int]? = nil) {
    let names = result.shown(shown).map(\.name)
    let models = result.shown(shown).map(\.faithfulness)
    func panel(
      _ title: String, _ path: (GradCAMAgreement) -> AgreementWithNull
    ) -> ExitPanels.Panel {
      ExitPanels.Panel(
        title: title,
        marks: models.map { model in
          (model?.exits ?? []).map { exit in
            let agreement = exit.gradCAM.map(path)
            return ExitPanels.mark(agreement?.value, reference: agreement?.null)
          }
        }, low: 0, high: 1)
    }
    let panels = [
      panel("cosine") { $0.cosine }, panel("centred correlation r") { $0.centred },
      panel("Spearman’s rank correlation") { $0.spearman },
    ]
    guard panels.contains(where: { $0.marks.contains { $0.contains { $0 != nil } } }) else {
      return nil
    }
    self.panels = ExitPanels(
      panels: panels, series: ExitPanels.Series.models(names),
      referenceName: "null: Grad-CAM of other images", across: 3)
    caption = """
      Agreement of each exit’s attention map with its Grad-CAM map (the gradient of the exit’s own answer on its \
      block’s output), on the exit’s grid: 1 is the same map. Grey lines are permutation nulls, the mean over all \
      pairs of different images: only what lies beyond them is about this image. \
      \(FaithfulnessText.means(result))
      """
    summary = self.panels.words(names: names)
  }

  /// The key, then rows of at most 3 plots, fewer where `width` is short.
  package func height(width: Double, style: FigureStyle) -> Double {
    panels.height(width: width, style: style)
  }

  /// Names the models as the audit does, not by `style.models`; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    panels.draw(on: &canvas, width: width, style: style)
  }
}
