import CCairo

/// Throws where Cairo's status is not success.
func check(_ status: cairo_status_t, _ operation: String) throws(CairoFault) {
  guard status == CAIRO_STATUS_SUCCESS else {
    throw .failed(operation: operation, status: String(cString: cairo_status_to_string(status)))
  }
}
