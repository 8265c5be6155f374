import Analysis

/// Which samples a report shows, by rules that are printed beside them.
struct SampleSelection: Sendable {
  /// A sample on the index page and why it is there.
  struct Featured: Sendable, Equatable {
    var sample: Int
    var reason: String
  }

  /// Up to six, by quantiles of what ranks the samples, and one failure.
  let featured: [Featured]
  /// The model whose numbers rank the samples: the first that is compared with the reference, by its Δ; the reference
  /// itself, by its cosine, where none is.
  let ranking: Int
  /// Positions in `AuditResult.samples`, ascending; the featured ones among them.
  let gallery: [Int]
  /// Positions of those in the gallery that have the further views.
  let viewed: Set<Int>
  /// By position: the place in `gallery`.
  private let ranks: [Int: Int]

  /// How the summary's samples were chosen, in words.
  let featuredRule: String

  /// - Parameter views: how many have the further views: the first of those that a gallery of that size would show.
  init(
    _ result: AuditResult, limit: ReportOptions.GalleryLimit,
    views: ReportOptions.GalleryLimit = .atMost(0)
  ) {
    let ranking = result.comparisons.first { $0.paired != nil }?.model ?? 0
    self.ranking = ranking
    let featured = Self.featured(result, ranking)
    self.featured = featured
    featuredRule = Self.rule(result, ranking)
    let order = Self.stratified(result)
    func first(_ limit: ReportOptions.GalleryLimit) -> Set<Int> {
      switch limit {
      case .all, .atMost(result.samples.count...): return Set(order)
      case .atMost(let count):
        var chosen = Set(featured.map(\.sample))
        for sample in order where chosen.count < count { chosen.insert(sample) }
        return chosen
      }
    }
    let shown = first(limit)
    gallery = shown.sorted()
    viewed = views == .atMost(0) ? [] : first(views).intersection(shown)
    ranks = Dictionary(uniqueKeysWithValues: zip(gallery, gallery.indices))
  }

  /// A sample's place in the gallery; nil for one that is not in it.
  func rank(of position: Int) -> Int? { ranks[position] }

  /// What ranks a sample; nil where undefined.
  func rank(_ sample: SampleResult) -> Double? { Self.rank(sample, ranking) }

  private static func rank(_ sample: SampleResult, _ ranking: Int) -> Double? {
    guard ranking == 0 else { return sample.deltas[ranking] }
    return sample.models[0]?.earlyCosine
  }

  private static func rule(_ result: AuditResult, _ ranking: Int) -> String {
    func name(_ model: Int) -> String { DisplayText.name(result.models[model].name, limit: 40) }
    let what =
      ranking == 0
      ? "mean cosine over the early exits"
      : "Δ (mean over the early exits of \(name(ranking))’s cosine minus \(name(0))’s)"
    return """
      The images with the smallest, lower-quartile, median, upper-quartile and largest \(what); nearest rank, ties by \
      index. Then \(name(ranking))’s most confident wrong answer at the final exit. An image stands here once.
      """
  }

  private static func featured(_ result: AuditResult, _ ranking: Int) -> [Featured] {
    var chosen: [Featured] = []
    func choose(_ sample: Int, _ reason: String) {
      if !chosen.contains(where: { $0.sample == sample }) {
        chosen.append(Featured(sample: sample, reason: reason))
      }
    }
    let ranked = result.samples.indices
      .compactMap { position in rank(result.samples[position], ranking).map { ($0, position) } }
      .filter(\.0.isFinite).sorted { $0 < $1 }
    if !ranked.isEmpty {
      for (quarter, name) in ["Smallest", "Lower-quartile", "Median", "Upper-quartile", "Largest"]
        .enumerated()
      {
        let rank = (quarter * (ranked.count - 1) + 2) / 4
        let value = ranked[rank].0
        choose(
          ranked[rank].1,
          ranking == 0
            ? "\(name) cosine: \(NumberFormat.fixed(value))"
            : "\(name) Δ: \(NumberFormat.signed(value))")
      }
    }
    var failure: (confidence: Double, position: Int)?
    for (position, sample) in result.samples.enumerated() {
      guard let model = sample.models[ranking], let answer = model.predictions.last,
        answer != sample.label, let confidence = model.confidences.last, confidence.isFinite
      else { continue }
      if confidence > failure?.confidence ?? -1 { failure = (confidence, position) }
    }
    if let failure {
      let name = DisplayText.name(result.models[ranking].name, limit: 40)
      choose(
        failure.position,
        "\(name)’s most confident wrong answer: \(NumberFormat.percent(failure.confidence))\u{A0}%")
    }
    return chosen
  }

  /// All samples in the order in which the gallery fills: each class in turn gives the next of its
  /// samples, spread evenly over the recording (bit-reversed order of the class's list).
  private static func stratified(_ result: AuditResult) -> [Int] {
    var byClass = [[Int]](repeating: [], count: result.classNames.count)
    for (position, sample) in result.samples.enumerated() {
      byClass[sample.label].append(position)
    }
    byClass = byClass.map(spread)
    var order: [Int] = []
    order.reserveCapacity(result.samples.count)
    for round in 0..<(byClass.map(\.count).max() ?? 0) {
      for positions in byClass where round < positions.count { order.append(positions[round]) }
    }
    return order
  }

  /// First, middle, quarters, eighths, …: any prefix is spread over the whole list.
  private static func spread(_ list: [Int]) -> [Int] {
    guard list.count > 2 else { return list }
    let bits = Int.bitWidth - (list.count - 1).leadingZeroBitCount
    return (0..<(1 << bits)).compactMap { number in
      var reversed = 0
      for bit in 0..<bits where number >> bit & 1 == 1 { reversed |= 1 << (bits - 1 - bit) }
      return reversed < list.count ? list[reversed] : nil
    }
  }

  /// Which samples of the gallery have the further views, in words; nil where all have, or none.
  var viewsRule: String? {
    guard !viewed.isEmpty, viewed.count < gallery.count else { return nil }
    return """
      Difference and contours are drawn for \(NumberFormat.count(viewed.count)) of these images: those that a \
      gallery of as many would show, the summary page’s and then the classes in turn.
      """
  }

  /// The rule of the gallery in words.
  func galleryRule(of result: AuditResult) -> String {
    let runs =
      result.models.contains { $0.seeds.count > 1 }
      ? " Shown is the first training run\(result.models.count == 1 ? "" : " of each model")." : ""
    guard gallery.count < result.samples.count else {
      return "All \(NumberFormat.counted(result.samples.count, "image", "images")).\(runs)"
    }
    return """
      \(NumberFormat.count(gallery.count)) of \(NumberFormat.count(result.samples.count)) images: \
      those of the summary page, then the classes in turn, each giving images spread evenly over \
      the recording, until the limit is reached. The choice does not look at any result but \
      the summary’s.\(runs)
      """
  }
}

extension SampleModel {
  /// Mean over the early exits at which it is defined; nil where it is at none.
  var earlyCosine: Double? {
    let defined = cosines.dropLast().compactMap { $0 }
    return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
  }
}
