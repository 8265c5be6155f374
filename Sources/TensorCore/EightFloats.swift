/// Eight floats from an address that need not be aligned.
@inlinable @inline(__always)
package func load8(_ address: UnsafePointer<Float>) -> SIMD8<Float> {
  UnsafeRawPointer(address).loadUnaligned(as: SIMD8<Float>.self)
}

@inlinable @inline(__always)
package func load8(_ address: UnsafeMutablePointer<Float>) -> SIMD8<Float> {
  UnsafeRawPointer(address).loadUnaligned(as: SIMD8<Float>.self)
}

/// Eight floats to an address that need not be aligned.
@inlinable @inline(__always)
package func store8(_ values: SIMD8<Float>, to address: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(address).storeBytes(of: values, as: SIMD8<Float>.self)
}

/// The larger of each pair; the standard library's `pointwiseMax` is not inlined.
@inlinable @inline(__always)
package func larger8(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
  a.replacing(with: b, where: b .> a)
}
