import Analysis

/// What the numbers of the disagreement page mean.
enum DisagreementDefinitions {
  static func entries(_ context: ReportContext) -> [Fields] {
    let threshold = NumberFormat.fixed(context.result.threshold, 2)
    return [
      (
        "McNemar’s test",
        """
        Only images that one side alone answers rightly tell which side is better. If neither is, each of them is as likely \
        to be the one’s as the other’s; p is the exact two-sided binomial probability of counts at least this uneven (McNemar, \
        1947). Equal counts do not mean equal answers: the counts themselves say how much the answers differ.
        """
      ),
      (
        "Difference",
        """
        Bonett and Price’s (2012) 95\u{A0}% interval for paired shares, over images, the networks held fixed: it says nothing \
        about other training runs.
        """
      ),
      (
        "Holm’s p",
        "p adjusted for the number of exits tested together (Holm, 1979): below 0.05, some difference is there even so."
      ),
      (
        "Null",
        """
        The mean cosine of one image’s first map with another image’s second map, over all ordered pairs of different \
        images, on the input grid.
        """
      ),
      (
        "From elsewhere",
        """
        The same answer, although the two maps agree no better than the null. Of maps that have nothing to do with each \
        other roughly half are there, more or fewer where their cosines are skewed; “by chance” is the share among pairs of \
        different images (all, or 1,000 drawn). So a share near one half, more exactly near “by chance”, means that maps \
        have nothing to do with each other; near 0, that the same answers come from the same places.
        """
      ),
      (
        "Confident",
        "The largest softmax probability is \(threshold) or more: where images leave, this is why they leave."
      ),
    ].map { ["term": .text($0.0), "meaning": .text($0.1)] }
  }
}
