import Glibc

/// The natural logarithm of a double (the C library's, so that TensorCore needs no Foundation).
@inlinable
func naturalLogarithm(_ value: Double) -> Double { Glibc.log(value) }
