/// Eight complex numbers side by side, one a receiver: what one instant of the radar yields.
public struct ComplexLanes: Sendable {
  public var re: SIMD8<Float>
  public var im: SIMD8<Float>

  @inlinable
  public init(re: SIMD8<Float>, im: SIMD8<Float>) {
    self.re = re
    self.im = im
  }

  @inlinable
  public static var zero: ComplexLanes { ComplexLanes(re: .zero, im: .zero) }

  @inlinable
  public static func + (a: ComplexLanes, b: ComplexLanes) -> ComplexLanes {
    ComplexLanes(re: a.re + b.re, im: a.im + b.im)
  }

  @inlinable
  public static func - (a: ComplexLanes, b: ComplexLanes) -> ComplexLanes {
    ComplexLanes(re: a.re - b.re, im: a.im - b.im)
  }

  /// All lanes times one real number.
  @inlinable
  public static func * (a: ComplexLanes, factor: Float) -> ComplexLanes {
    ComplexLanes(re: a.re * factor, im: a.im * factor)
  }

  /// All lanes times one complex number.
  @inlinable
  func times(_ real: Float, _ imaginary: Float) -> ComplexLanes {
    ComplexLanes(
      re: re * real - im * imaginary,
      im: re * imaginary + im * real)
  }

  /// |z|² a lane.
  @inlinable
  public var power: SIMD8<Float> { re * re + im * im }
}
