import Foundation

/// The discrete Fourier transform of eight sequences at once, X[k] = Σₙ x[n] · exp(−2πi·k·n/N).
///
/// Stockham's self-sorting form in passes of radix 4, with one of radix 2 where log₂ N is odd. Twiddle
/// factors are computed once, in Double, and kept in Float.
package struct FourierTransform: Sendable {
  /// N, a power of two.
  package let length: Int

  /// exp(−2πi·k/N), k < N.
  private let cosines: [Float]
  private let sines: [Float]

  /// Requires a power of two. Computes all twiddle factors: make one and use it many times.
  package init(length: Int) {
    precondition(
      length > 0 && length & (length - 1) == 0, "a power of two expected, got \(length)")
    self.length = length
    let angles = (0..<length).map { -2 * Double.pi * Double($0) / Double(length) }
    cosines = angles.map { Float(cos($0)) }
    sines = angles.map { Float(sin($0)) }
  }

  /// Transforms in place.
  /// - Parameters:
  ///   - signal: [length]; overwritten by the transform, bins in natural order.
  ///   - scratch: [length]; its contents are lost. Must not overlap `signal`.
  package func transform(
    _ signal: UnsafeMutablePointer<ComplexLanes>, scratch: UnsafeMutablePointer<ComplexLanes>
  ) {
    cosines.withUnsafeBufferPointer { cosines in
      sines.withUnsafeBufferPointer { sines in
        var from = signal
        var to = scratch
        var remaining = length
        var stride = 1
        while remaining > 1 {
          if remaining % 4 == 0 {
            passOfFour(from, to, remaining, stride, cosines.baseAddress!, sines.baseAddress!)
            remaining /= 4
            stride *= 4
          } else {
            // Only ever the last pass, whose twiddle factor is 1.
            for column in 0..<stride {
              let a = from[column]
              let b = from[column + stride]
              to[column] = a + b
              to[column + stride] = a - b
            }
            remaining /= 2
            stride *= 2
          }
          swap(&from, &to)
        }
        if from != signal { signal.update(from: from, count: length) }
      }
    }
  }

  /// One radix-4 pass: sequences of length `remaining`, `stride` of them interleaved.
  @inline(__always)
  private func passOfFour(
    _ from: UnsafeMutablePointer<ComplexLanes>, _ to: UnsafeMutablePointer<ComplexLanes>,
    _ remaining: Int, _ stride: Int, _ cosines: UnsafePointer<Float>,
    _ sines: UnsafePointer<Float>
  ) {
    let quarter = remaining / 4
    for position in 0..<quarter {
      // The twiddle of this pass, exp(−2πi·position/remaining), is entry position·stride.
      let w = position * stride
      let (c1, s1) = (cosines[w], sines[w])
      let (c2, s2) = (cosines[2 * w], sines[2 * w])
      let (c3, s3) = (cosines[3 * w], sines[3 * w])
      let input = from + stride * position
      let output = to + stride * 4 * position
      for column in 0..<stride {
        let a = input[column]
        let b = input[column + stride * quarter]
        let c = input[column + 2 * stride * quarter]
        let d = input[column + 3 * stride * quarter]
        let sum = a + c
        let difference = a - c
        let otherSum = b + d
        let otherDifference = b - d
        // −i·(b − d) is a swap of parts.
        let turned = ComplexLanes(re: otherDifference.im, im: -otherDifference.re)
        output[column] = sum + otherSum
        if position == 0 {
          // The twiddle is 1, as it is in the whole last pass.
          output[column + stride] = difference + turned
          output[column + 2 * stride] = sum - otherSum
          output[column + 3 * stride] = difference - turned
        } else {
          output[column + stride] = (difference + turned).times(c1, s1)
          output[column + 2 * stride] = (sum - otherSum).times(c2, s2)
          output[column + 3 * stride] = (difference - turned).times(c3, s3)
        }
      }
    }
  }
}
