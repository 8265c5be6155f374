/// Eight complex numbers side by side, one a receiver: what one instant of the radar yields.
package struct ComplexLanes: Sendable {
  /// The real parts, one per receiver.
  package var re: SIMD8<Float>
  /// The imaginary parts, one per receiver.
  package var im: SIMD8<Float>

  /// Lane k becomes re[k] + i · im[k].
  @inline(__always)
  package init(re: SIMD8<Float>, im: SIMD8<Float>) {
    self.re = re
    self.im = im
  }

  /// 0 + 0i in every lane.
  package static var zero: ComplexLanes { ComplexLanes(re: .zero, im: .zero) }

  /// The sum, lane by lane.
  @inline(__always)
  package static func + (a: ComplexLanes, b: ComplexLanes) -> ComplexLanes {
    ComplexLanes(re: a.re + b.re, im: a.im + b.im)
  }

  @inline(__always)
  package static func - (a: ComplexLanes, b: ComplexLanes) -> ComplexLanes {
    ComplexLanes(re: a.re - b.re, im: a.im - b.im)
  }

  /// All lanes times one real number.
  @inline(__always)
  package static func * (a: ComplexLanes, factor: Float) -> ComplexLanes {
    ComplexLanes(re: a.re * factor, im: a.im * factor)
  }

  /// All lanes times one complex number.
  @inline(__always)
  func times(_ real: Float, _ imaginary: Float) -> ComplexLanes {
    ComplexLanes(
      re: re * real - im * imaginary,
      im: re * imaginary + im * real)
  }

  /// |z|² a lane.
  @inline(__always)
  package var power: SIMD8<Float> { re * re + im * im }
}

extension SIMD8<Float> {
  /// The lanes' sum, by halves.
  @inline(__always)
  var total: Float {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
