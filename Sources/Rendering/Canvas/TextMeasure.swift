import CairoKit

/// How wide text is, so that labels do not collide. The font file's own numbers, in ems.
package protocol TextMeasure: Sendable {
  func advance(of text: String) -> Double
  /// The height of capital letters.
  var capHeight: Double { get }
}

extension Font: TextMeasure {}
