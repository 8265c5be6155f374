import Analysis

/// The lists as they stand on the page: at most 20 samples each, with links into the gallery.
struct DisagreementLists {
  static let rowsPerList = 20

  private let disagreement: Disagreement
  private let comparison: Comparison
  private let context: ReportContext

  init(_ disagreement: Disagreement, of comparison: Comparison, _ context: ReportContext) {
    self.disagreement = disagreement
    self.comparison = comparison
    self.context = context
  }

  private var sides: [Int] { [comparison.reference, comparison.model] }

  func fields(_ kinds: DisagreementList...) -> [Fields] { kinds.map(fields) }

  private func fields(_ kind: DisagreementList) -> Fields {
    let samples = kind.samples(disagreement)
    let shown = samples.prefix(Self.rowsPerList)
    return [
      "listId": .text("list-\(kind.rawValue)"),
      "listTitle": .text(
        kind.title(
          reference: context.name(comparison.reference), model: context.name(comparison.model))),
      "models": .list(sides.map(context.head)),
      "countText": .text(NumberFormat.counted(samples.count, "image", "images")),
      "listRule": .text(
        kind.rule(threshold: NumberFormat.fixed(context.result.threshold, 2))
          + extent(samples.count)),
      "hasRows": .flag(!shown.isEmpty),
      "rows": .list(shown.map { row(context.result.samples[$0], position: $0) }),
    ]
  }

  private func extent(_ count: Int) -> String {
    switch count {
    case 0: " There is none."
    case ...Self.rowsPerList: " Shown: all \(count)."
    default: " Shown: the first \(Self.rowsPerList) of \(NumberFormat.count(count))."
    }
  }

  private func row(_ sample: SampleResult, position: Int) -> Fields {
    [
      "number": .text(String(sample.index)),
      "href": .optional(GalleryPages.link(to: position, in: context)),
      "label": .text(context.className(sample.label)),
      "answers": .list(
        sides.compactMap { sample.models[$0] }.map { model($0, label: sample.label) }),
      "cosine": .text(NumberFormat.fixed(sample.finalCosines[comparison.model])),
    ]
  }

  private func model(_ model: SampleModel, label: Int) -> Fields {
    let answer = model.predictions.last
    return [
      "prediction": .text(answer.map { context.className($0) } ?? NumberFormat.missing),
      "isWrong": .flag(answer != label),
      "confidence": .text(NumberFormat.percent(model.confidences.last)),
      "rightExits": .text(Self.rightExits(model, label: label)),
    ]
  }

  /// "1, 3, 4"; a dash where no exit is right.
  static func rightExits(_ model: SampleModel, label: Int) -> String {
    let exits = model.predictions.indices.filter { model.predictions[$0] == label }
    return exits.isEmpty
      ? NumberFormat.missing : exits.map { String($0 + 1) }.joined(separator: ", ")
  }
}
