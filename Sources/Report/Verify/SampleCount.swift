/// `data/samples.csv`, counted again: what an arm's numbers are means of.
struct SampleCount {
  /// One exit of one arm, sample by sample.
  struct Exit {
    var isRight: [Bool] = []
    var confidence: [Double?] = []
    var cosine: [Double?] = []
    var centred: [Double?] = []
  }

  struct Arm {
    var exits: [Exit] = []
    /// Per sample, from 1.
    var leavesAt: [Int] = []
  }

  private(set) var arms: [String: Arm] = ["baseline": Arm(), "egt": Arm()]
  /// Per sample; the table repeats it in every row of the second model.
  private(set) var deltaCosine: [Double?] = []
  /// What is wrong with the table itself.
  private(set) var problem: String?

  static let columns = [
    "sample", "model", "exit", "label", "prediction", "correct", "confidence", "cosine", "centred",
    "leaves_at", "delta_cosine",
  ]

  /// - Parameter exitCount: of each arm, as `report.json` says.
  init(_ bytes: [UInt8], exitCount: Int) {
    var reader = CSVReader(bytes)
    if let column = Self.columns.first(where: { !reader.has($0) }) {
      problem = "no column \(column)"
      return
    }
    for name in arms.keys { arms[name]!.exits = (0..<exitCount).map { _ in Exit() } }
    let order = ["baseline", "egt"].flatMap { arm in (1...exitCount).map { (arm, $0) } }
    // By the model's name in the table, the reference first.
    var names: [String: String] = [:]
    var place = 0
    var sample = ""
    while reader.next() {
      let (arm, exit) = order[place]
      let name = reader.text("model")
      if names[arm] == nil, !names.values.contains(name) { names[arm] = name }
      guard names[arm] == name, reader.integer("exit") == exit,
        place == 0 || reader.text("sample") == sample
      else {
        problem = "row \(reader.row) is not exit \(exit) of \(arm)"
        return
      }
      sample = reader.text("sample")
      guard let leavesAt = reader.integer("leaves_at"), (1...exitCount).contains(leavesAt) else {
        problem = "row \(reader.row) leaves at no exit"
        return
      }
      let isRight = reader.integer("prediction") == reader.integer("label")
      if (reader.text("correct") == "true") != isRight {
        problem = "row \(reader.row) calls \(isRight ? "a right" : "a wrong") answer the other"
        return
      }
      if place == exitCount { deltaCosine.append(reader.number("delta_cosine")) }
      if exit == 1 { arms[arm]!.leavesAt.append(leavesAt) }
      arms[arm]!.exits[exit - 1].isRight.append(isRight)
      arms[arm]!.exits[exit - 1].confidence.append(reader.number("confidence"))
      arms[arm]!.exits[exit - 1].cosine.append(reader.number("cosine"))
      arms[arm]!.exits[exit - 1].centred.append(reader.number("centred"))
      place = (place + 1) % order.count
    }
    if place != 0 { problem = "the last sample's rows are incomplete" }
  }

  var count: Int { deltaCosine.count }

  /// What in the table does not fit the rest of it: the exit at which a sample leaves, or its mean difference; nil where
  /// all does.
  func contradiction(threshold printed: PrintedNumbers) -> String? {
    for (name, arm) in arms.sorted(by: { $0.key < $1.key }) {
      guard let threshold = printed.json("arms.\(name).earlyExit.threshold") else { continue }
      for sample in arm.leavesAt.indices {
        let first = arm.exits.firstIndex { ($0.confidence[sample] ?? 0) >= threshold }
        let expected = (first ?? arm.exits.count - 1) + 1
        if arm.leavesAt[sample] != expected {
          return "\(name) leaves sample \(sample) at exit \(arm.leavesAt[sample]), where exit "
            + "\(expected) is the first with a confidence of \(threshold)"
        }
      }
    }
    let differences = zip(arms["egt"]!.exits, arms["baseline"]!.exits).dropLast().map {
      Self.difference($0.cosine, $1.cosine)
    }
    for sample in deltaCosine.indices {
      let mean = Self.mean(differences.map { $0[sample] })
      if !HeadlineCheck.agree(deltaCosine[sample], mean) {
        return "sample \(sample) has another delta_cosine than the mean over its exits"
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
