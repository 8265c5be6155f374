import Glibc

/// Σ a·b, in eight accumulators of four: a plain sum of floats would stay scalar, because the compiler may
/// not reorder it.
@inline(__always)
package func dotProduct(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float
{
  var first = SIMD16<Float>.zero
  var second = SIMD16<Float>.zero
  var index = 0
  let (rawA, rawB) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  while index + 32 <= count {
    let offset = index * 4
    first +=
      rawA.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
      * rawB.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
    second +=
      rawA.loadUnaligned(fromByteOffset: offset + 64, as: SIMD16<Float>.self)
      * rawB.loadUnaligned(fromByteOffset: offset + 64, as: SIMD16<Float>.self)
    index += 32
  }
  var total = (first + second).sum()
  while index < count {
    total += a[index] * b[index]
    index += 1
  }
  return total
}

/// exp(x − max) / Σ exp(x − max), in place.
package func softmax(_ values: UnsafeMutablePointer<Float>, _ count: Int) {
  var largest = values[0]
  for index in 1..<max(count, 1) { largest = max(largest, values[index]) }
  var total: Float = 0
  for index in 0..<count {
    values[index] = expf(values[index] - largest)
    total += values[index]
  }
  let factor = 1 / total
  for index in 0..<count { values[index] *= factor }
}

/// 1 / (1 + exp(−x)), without overflow.
package func sigmoid(_ x: Float) -> Float {
  if x >= 0 { return 1 / (1 + expf(-x)) }
  let e = expf(x)
  return e / (1 + e)
}
