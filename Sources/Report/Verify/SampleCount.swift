/// `data/samples.csv`, counted again: what a model's numbers are means of.
struct SampleCount {
  /// One exit of one model, sample by sample.
  struct Exit {
    var isRight: [Bool] = []
    var confidence: [Double?] = []
    var cosine: [Double?] = []
    var centred: [Double?] = []
  }

  struct Model {
    var exits: [Exit] = []
    /// Per sample, from 1.
    var leavesAt: [Int] = []
    /// Per sample: its mean difference from the reference, which the table repeats in every row of the model.
    var deltaCosine: [Double?] = []
  }

  /// By place in the report's list: those that saw the reference's samples.
  private(set) var models: [Int: Model] = [:]
  private(set) var count = 0
  /// What is wrong with the table itself.
  private(set) var problem: String?

  static let columns = [
    "sample", "model", "exit", "label", "prediction", "correct", "confidence", "cosine", "centred",
    "leaves_at", "delta_cosine",
  ]

  /// - Parameter listed: the report's models.
  init(_ bytes: [UInt8], _ listed: [PrintedModels.Model]) {
    var reader = CSVReader(bytes)
    if let column = Self.columns.first(where: { !reader.has($0) }) {
      problem = "no column \(column)"
      return
    }
    let order = Self.firstSample(reader, listed)
    for (model, _) in order where models[model] == nil {
      models[model] = Model(exits: (0..<listed[model].exitCount).map { _ in Exit() })
    }
    var place = 0
    var sample = ""
    while reader.next() {
      guard !order.isEmpty else {
        problem = "row \(reader.row) is of no model of the report"
        return
      }
      let (model, exit) = order[place]
      guard reader.text("model") == listed[model].name, reader.integer("exit") == exit,
        place == 0 || reader.text("sample") == sample
      else {
        problem = "row \(reader.row) is not exit \(exit) of \(listed[model].name)"
        return
      }
      sample = reader.text("sample")
      if let problem = add(reader, model, exit) {
        self.problem = problem
        return
      }
      place = (place + 1) % order.count
      if place == 0 { count += 1 }
    }
    if place != 0 { problem = "the last sample's rows are incomplete" }
  }

  /// Which rows the first sample has: every other sample must have the same ones. Models in the report's order, each
  /// with all its exits.
  private static func firstSample(
    _ reader: CSVReader, _ listed: [PrintedModels.Model]
  ) -> [(model: Int, exit: Int)] {
    var reader = reader
    var names: [String] = []
    var sample: String?
    while reader.next() {
      guard sample == nil || reader.text("sample") == sample else { break }
      sample = reader.text("sample")
      if names.last != reader.text("model") { names.append(reader.text("model")) }
    }
    return listed.indices.filter { names.contains(listed[$0].name) }.flatMap { model in
      (0..<listed[model].exitCount).map { (model, $0 + 1) }
    }
  }

  /// What is wrong with a row; nil where all is right.
  private mutating func add(_ reader: CSVReader, _ model: Int, _ exit: Int) -> String? {
    let exitCount = models[model]!.exits.count
    guard let leavesAt = reader.integer("leaves_at"), (1...exitCount).contains(leavesAt) else {
      return "row \(reader.row) leaves at no exit"
    }
    let isRight = reader.integer("prediction") == reader.integer("label")
    if (reader.text("correct") == "true") != isRight {
      return "row \(reader.row) calls \(isRight ? "a right" : "a wrong") answer the other"
    }
    if exit == 1 {
      models[model]!.leavesAt.append(leavesAt)
      models[model]!.deltaCosine.append(reader.number("delta_cosine"))
    }
    models[model]!.exits[exit - 1].isRight.append(isRight)
    models[model]!.exits[exit - 1].confidence.append(reader.number("confidence"))
    models[model]!.exits[exit - 1].cosine.append(reader.number("cosine"))
    models[model]!.exits[exit - 1].centred.append(reader.number("centred"))
    return nil
  }

  /// What in the table does not fit the rest of it: the exit at which a sample leaves, or its mean difference; nil where
  /// all does.
  func contradiction(_ printed: PrintedModels) -> String? {
    for (place, model) in models.sorted(by: { $0.key < $1.key }) {
      guard let threshold = printed.models[place].threshold else { continue }
      for sample in model.leavesAt.indices {
        let first = model.exits.firstIndex { ($0.confidence[sample] ?? 0) >= threshold }
        let expected = (first ?? model.exits.count - 1) + 1
        if model.leavesAt[sample] != expected {
          return "\(printed.models[place].name) leaves sample \(sample) at exit "
            + "\(model.leavesAt[sample]), where exit \(expected) is the first with a confidence of "
            + "\(threshold)"
        }
      }
    }
    for comparison in printed.comparisons {
      guard let model = models[comparison.model], let reference = models[comparison.reference],
        model.exits.count == reference.exits.count
      else { continue }
      let differences = zip(model.exits, reference.exits).dropLast().map {
        Self.difference($0.cosine, $1.cosine)
      }
      for sample in model.deltaCosine.indices {
        let mean = Self.mean(differences.map { $0[sample] })
        if !HeadlineCheck.agree(model.deltaCosine[sample], mean) {
          return "sample \(sample) has another delta_cosine than the mean over its exits"
        }
      }
    }
    return nil
  }

  static func share(_ list: [Bool]) -> Double? {
    list.isEmpty ? nil : Double(list.count { $0 }) / Double(list.count)
  }

  /// Over the values that are there; nil where none is.
  static func mean(_ values: [Double?]) -> Double? {
    let defined = values.compactMap { $0 }
    return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
  }

  /// Defined where both are.
  static func difference(_ left: [Double?], _ right: [Double?]) -> [Double?] {
    zip(left, right).map { left, right in left.flatMap { left in right.map { left - $0 } } }
  }
}
