import CCairo

/// What a context draws on: owns Cairo's surface.
package class Surface {
  let pointer: OpaquePointer

  /// - Parameter pointer: owned from here on, whatever its status.
  init(_ pointer: OpaquePointer, operation: String) throws(CairoFault) {
    self.pointer = pointer
    try checkStatus(operation)
  }

  deinit {
    cairo_surface_destroy(pointer)
  }

  func checkStatus(_ operation: String) throws(CairoFault) {
    try check(cairo_surface_status(pointer), operation)
  }
}
