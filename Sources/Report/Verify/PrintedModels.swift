/// The models of a report and which of them are compared, as `report.json` lists them.
struct PrintedModels {
  struct Model {
    var name: String
    var exitCount: Int
    /// Training runs.
    var runs: Int
    /// Of the early stop.
    var threshold: Double?
    /// Multiply–accumulates of each exit; nil where one is unknown.
    var macs: [Double]?
  }

  struct Comparison {
    /// Places in `models`.
    var model: Int
    var reference: Int
    /// Whether it was made.
    var isPaired: Bool
  }

  let models: [Model]
  let comparisons: [Comparison]

  init(_ printed: PrintedNumbers) {
    let models = (0..<(printed.count("models") ?? 0)).map { index in
      let path = "models[\(index)]"
      let exits = printed.count("\(path).exits") ?? 0
      let macs = (0..<exits).compactMap { printed.json("\(path).exits[\($0)].macs") }
      return Model(
        name: printed.text("\(path).name") ?? "", exitCount: exits,
        runs: printed.count("\(path).seeds") ?? 0,
        threshold: printed.json("\(path).earlyExit.threshold"),
        macs: macs.count == exits ? macs : nil)
    }
    self.models = models
    comparisons = (0..<(printed.count("comparisons") ?? 0)).compactMap { index in
      let path = "comparisons[\(index)]"
      func place(_ key: String) -> Int? {
        printed.text("\(path).\(key)").flatMap { name in
          models.firstIndex { $0.name == name }
        }
      }
      guard let model = place("model"), let reference = place("reference") else { return nil }
      return Comparison(
        model: model, reference: reference, isPaired: printed.text("\(path).refusal") == nil)
    }
  }
}
