import Datasets
import Foundation
import TensorCore
import Testing

/// The transforms and the noise by themselves.
struct RadarTransformTests {
  @Test(arguments: [1, 2, 4, 8, 16, 32, 64, 128])
  func fourierTransformIsTheDirectSum(length: Int) {
    var generator = SeededGenerator(seed: 7, stream: UInt64(length))
    var signal = (0..<length).map { _ in
      var value = ComplexLanes.zero
      for lane in 0..<8 {
        value.re[lane] = Float(generator.normal())
        value.im[lane] = Float(generator.normal())
      }
      return value
    }
    let input = signal
    var scratch = [ComplexLanes](repeating: .zero, count: length)
    signal.withUnsafeMutableBufferPointer { signal in
      scratch.withUnsafeMutableBufferPointer { scratch in
        FourierTransform(length: length)
          .transform(signal.baseAddress!, scratch: scratch.baseAddress!)
      }
    }
    for lane in 0..<8 {
      for bin in 0..<length {
        var (re, im) = (0.0, 0.0)
        for index in 0..<length {
          let angle = -2 * Double.pi * Double(index * bin % length) / Double(length)
          let (x, y) = (Double(input[index].re[lane]), Double(input[index].im[lane]))
          re += x * cos(angle) - y * sin(angle)
          im += x * sin(angle) + y * cos(angle)
        }
        #expect(abs(Double(signal[bin].re[lane]) - re) < 2e-5, "bin \(bin), lane \(lane)")
        #expect(abs(Double(signal[bin].im[lane]) - im) < 2e-5, "bin \(bin), lane \(lane)")
      }
    }
  }

  @Test func noiseIsWhiteAndOfUnitPower() {
    var generator = SeededGenerator(seed: 3)
    var noise = ReceiverNoise(from: &generator)
    let count = 50_000
    var sum = ComplexLanes.zero
    var power = SIMD8<Float>.zero
    var neighbours: Float = 0
    var parts: Float = 0
    var successive: Float = 0
    var last = noise.next()
    for _ in 0..<count {
      let sample = noise.next()
      sum = sum + sample
      power += sample.power
      neighbours += sample.re[0] * sample.re[1]
      parts += sample.re[2] * sample.im[2]
      successive += sample.re[3] * last.re[3]
      last = sample
    }
    let scale = 1 / Float(count)
    for lane in 0..<8 {
      #expect(abs(sum.re[lane] * scale) < 0.015)
      #expect(abs(sum.im[lane] * scale) < 0.015)
      #expect(abs(power[lane] * scale - 1) < 0.02)
    }
    #expect(abs(neighbours * scale) < 0.012)
    #expect(abs(parts * scale) < 0.012)
    #expect(abs(successive * scale) < 0.012)
  }

  @Test func axesFollowFromTheParameters() {
    #expect(abs(RadarParameters.rangeBin - 0.021_414) < 1e-6)
    #expect(abs(RadarParameters.wavelength - 0.004_955_2) < 1e-7)
    #expect(abs(RadarParameters.velocityBin - 0.077_426) < 1e-5)
    // The fastest approach, λ/4T, is row 0; rest is row 32; the far right, sin θ = 1, is row 64.
    let fastest = RadarParameters.wavelength / (4 * RadarParameters.chirpInterval)
    #expect(abs(RadarParameters.dopplerRow(approach: fastest)) < 1e-9)
    #expect(RadarParameters.dopplerRow(approach: 0) == 32)
    #expect(RadarParameters.angleRow(sine: 1) == 64)
    #expect(RadarParameters.rangeRow(10 * RadarParameters.rangeBin) == 10)
  }
}
