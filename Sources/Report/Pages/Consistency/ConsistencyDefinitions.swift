import Analysis

/// What the numbers of the consistency page mean, beside the definitions of the summary.
enum ConsistencyDefinitions {
  static func entries(_ context: ReportContext) -> [Fields] {
    let result = context.result
    let exits = result.models.flatMap(\.exits)
    let shared = result.reference.sharedGrid
    return [
      entry(
        "Consistency",
        """
        Cosine of an exit’s map with the final exit’s map of the same image, both interpolated to the input grid \
        (\(result.input.description)). 1 is the same map up to a factor. Exit’s grid: the final map interpolated to the \
        exit’s own grid instead.
        """),
      entry(
        "Null, other image",
        """
        The same cosine with the final map of another image: mean over all ordered pairs of different images. What two \
        unrelated maps of these models score.
        """),
      entry(
        "Null, same class",
        """
        The same with other images of the image’s class only: per image the mean over them, mean over images. What the \
        class alone explains. Images alone in their class do not take part.
        """),
      entry(
        "Excess",
        "Consistency minus a null. Only the excess is about the image; its interval lets the null vary too."
      ),
      entry(
        "Centred r",
        """
        Pearson correlation of the cells on the input grid. It has the same two nulls: 0 where maps of other images are \
        unrelated, more where maps look at the same place whatever the image.
        """
      ),
      entry(
        "Ceiling",
        """
        The largest cosine that any final map at all could have with the exit’s, mean over images: final maps are \
        interpolated from a coarse grid, and a finer detail of an early map has no counterpart there. Its part of a low \
        consistency is the grids’, not the attention’s.
        """
      ),
      entry(
        "Spearman, SSIM, overlap",
        """
        Computed on the finer of the two maps’ own grids along each axis. Spearman: Pearson correlation of the cells’ \
        ranks, ties sharing their mean rank. SSIM: structural similarity (Wang et al., 2004) of maps divided by their \
        means, uniform 7×7 window (the largest odd one that fits a smaller grid), K1 0.01, K2 0.03; the dynamic \
        range is the maps’ own standard deviation (root mean square of the two), so that unrelated patterns score about \
        0 however flat or peaked they are. Overlap: intersection over union of each map’s largest 10\u{A0}% or \
        20\u{A0}% of cells (rounded up, ties included); chance is the exact mean for two random sets of those sizes.
        """),
      entry(
        "Spread, entropy, Gini",
        """
        Of a map’s cells\(shared.map { " after averaging over areas to \($0.description) cells, the coarsest grid of any exit" } ?? ""): \
        standard deviation (n − 1) over mean; Shannon entropy over log(cells); Gini coefficient, the mean absolute \
        difference over twice the mean. A finer grid alone would raise spread and Gini coefficient.
        """),
      entry(
        "AUROC",
        """
        The probability that the consistency of a rightly answered image exceeds that of a wrongly answered one, equal \
        ones counting half.
        """),
      entry(
        "Undefined",
        """
        A map that is zero, constant or not finite agrees with nothing: such images are left out and counted, \
        \(NumberFormat.counted(exits.map(\.undefined).reduce(0, +), "case", "cases")) here. Spread needs a positive \
        mean; entropy and Gini coefficient need cells that are not negative.
        """),
      entry(
        "Interval",
        """
        95\u{A0}%, over images, the training runs held fixed (\(NumberFormat.count(result.bootstrapResamples)) bootstrap \
        resamples); one image’s number is the mean over a model’s runs.
        """),
    ]
  }

  private static func entry(_ term: String, _ meaning: String) -> Fields {
    ["term": .text(term), "meaning": .text(meaning)]
  }
}
