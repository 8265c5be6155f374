/// A value as one of a few colours, and the ink that can be read on it.
struct Shade: Equatable {
  var ink: Ink
  var textInk: Ink

  /// 0…1 in eight steps, values outside in the outermost.
  init(share: Double) {
    let step = Int(min(7, max(0, (8 * share).rounded(.down))))
    ink = Ink.shades[step]
    textInk = step < 5 ? .text : .paper
  }

  /// −1…1 in nine steps around 0.
  init(difference: Double) {
    let step = Int(min(4, max(-4, (4 * difference).rounded())))
    ink = step == 0 ? Ink.shades[0] : step < 0 ? Ink.lowers[-step - 1] : Ink.highers[step - 1]
    textInk = abs(step) < 4 ? .text : .paper
  }
}
