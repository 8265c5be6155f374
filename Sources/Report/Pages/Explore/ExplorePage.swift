import Analysis

/// The gallery's images in one table that a script can sort, filter and step through.
///
/// The only pages with a script: under a content policy that forbids scripts the browser notes that it was blocked, and
/// the table stays as it is. Everything else in a report works without.
enum ExplorePage: PageSection {
  static let name = "Explore"
  static let file = "explore-1.html"
  /// As many rows as keep a page below 200 kB.
  static let rowsPerPage = 500

  static func isPresent(in context: ReportContext) -> Bool { !context.sheets.isEmpty }

  static func pages(_ context: ReportContext) -> [Page] {
    let shown = context.shown
    let pageCount = Pager.pageCount(shown.count, perPage: rowsPerPage)
    return (1...pageCount).map { number in
      Page(
        file: file(number),
        title: pageCount == 1 ? name : "\(name), page \(number) of \(pageCount)",
        template: "explore", section: name
      ) { fields(number, of: pageCount, shown, context) }
    }
  }

  private static func fields(
    _ number: Int, of pageCount: Int, _ shown: [Int], _ context: ReportContext
  ) -> Fields {
    let part = Pager.part(shown, page: number, perPage: rowsPerPage)
    return Pager(label: "Pages of this table", pageCount: pageCount, file: file)
      .fields(current: number).merging([
        "count": .text(NumberFormat.counted(part.count, "image", "images")),
        "models": .list(context.drawn.map(context.head)),
        "hasDelta": .flag(context.selection.ranking > 0),
        "deltaNote": .optional(deltaNote(context)),
        "drawnNote": .optional(GalleryPages.drawnNote(context)),
        "threshold": .text(NumberFormat.fixed(context.result.threshold, 2)),
        "rows": .list(part.map { row($0, context) }),
      ])
  }

  /// Whose cosine Δ is about; nil where nothing is compared.
  private static func deltaNote(_ context: ReportContext) -> String? {
    let model = context.selection.ranking
    return model > 0 ? "Δ is \(context.name(model))’s cosine minus \(context.name(0))’s." : nil
  }

  private static func file(_ number: Int) -> String { "explore-\(number).html" }

  private static func row(_ position: Int, _ context: ReportContext) -> Fields {
    let sample = context.result.samples[position]
    return [
      "href": .text(GalleryPages.link(to: position, in: context)!),
      "number": .text(String(sample.index)), "label": .text(context.className(sample.label)),
      "deltas": .list(
        context.selection.ranking == 0
          ? [] : [["delta": .text(NumberFormat.signed(context.selection.rank(sample)))]]),
      "cells": .list(context.drawn.map { answer(sample.models[$0], sample.label, context) }),
    ]
  }

  private static func answer(
    _ model: SampleModel?, _ label: Int, _ context: ReportContext
  ) -> Fields {
    [
      "answer": .text(model?.predictions.last.map(context.className) ?? NumberFormat.missing),
      "isWrong": .flag(model.map { $0.predictions.last != label } ?? false),
      "confidence": .text(NumberFormat.percent(model?.confidences.last)),
      "cosine": .text(NumberFormat.fixed(model?.earlyCosine)),
      "leaves": .text((model?.leavesAt).map(String.init) ?? NumberFormat.missing),
    ]
  }
}
