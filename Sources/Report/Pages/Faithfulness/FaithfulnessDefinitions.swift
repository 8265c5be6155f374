import Analysis

/// What the numbers of the faithfulness page mean.
enum FaithfulnessDefinitions {
  static func entries(_ context: ReportContext) -> [Fields] {
    let several = context.recordings.contains { $0.count > 1 }
    return [
      (
        "The answer",
        """
        The class that the exit gives to the whole image, right or wrong, and its softmax probability: whether a map \
        shows what the network went by, not whether the network was right.
        """
      ),
      (
        "Order of pixels",
        """
        The exit’s attention map, upsampled to the input grid, largest first. Pixels of equal value follow in random \
        order, so a flat map is as good as none.
        """
      ),
      (
        "Deletion, insertion",
        """
        The probability of the answer while pixels are taken away, or put in, and the area under that curve over the share \
        of pixels, 0…1 (Petsiuk et al., 2018). An area says little by itself: a sure exit has more to lose. Hence \
        the gain: the area that random order gives minus the map’s for deletion, the other way round for insertion, image by \
        image. Masked images are unlike those that networks know, which may move answers for reasons of its own.
        """
      ),
      (
        "ROAD",
        """
        Removed pixels are imputed from their neighbours, with a little noise (Rong et al., 2022), so that no outline \
        tells what was removed. The gap is the answer’s probability after the least attended pixels went, minus that after \
        the most attended ones, mean over the shares removed.
        """
      ),
      (
        "Random weights",
        """
        Maps before and after the part that makes them, then one block after another from the exit downwards, got fresh \
        random weights (Adebayo et al., 2018). Correlations scatter with the weights drawn, which the interval over images \
        does not show; the range over draws does. SSIM: structural similarity of the maps divided by their means; a dash \
        where the grid is too small.
        """
      ),
      (
        "Grad-CAM",
        """
        Selvaraju et al., 2017: the channels of the block’s output, weighted by the mean gradient of the answer’s logit, \
        added up, negatives cut. With softmax attention the gradient that runs through the attention cancels, so Grad-CAM \
        weighs channels by the head’s weights alone: agreement says that the attention lies where features speak for the answer.
        """
      ),
      (
        "Interval",
        """
        95\u{A0}%, over the measured images, the training runs\(several ? "" : ", one a model,") and random draws held fixed: \
        BCa bootstrap, \(NumberFormat.count(context.result.bootstrapResamples)) resamples. “No difference detected” \
        stands where it covers 0. Each exit’s interval stands for itself: of twenty exits without any effect, one would \
        look clear by chance.
        """
      ),
    ].map { ["term": .text($0.0), "meaning": .text($0.1)] }
  }
}
