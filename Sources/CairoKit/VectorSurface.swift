import CCairo

/// A page of vector graphics, collected in memory. Sizes are in points (1/72 inch).
package class VectorSurface: Surface {
  private let sink: ByteSink

  /// Where Cairo's output goes; a class, so that its address can pass through C.
  final class ByteSink {
    var bytes: [UInt8] = []
  }

  /// `make` calls one of Cairo's `…_create_for_stream` with the function and closure it is given.
  init(
    operation: String,
    make: (cairo_write_func_t, UnsafeMutableRawPointer) -> OpaquePointer
  ) throws(CairoFault) {
    let sink = ByteSink()
    self.sink = sink
    let write: cairo_write_func_t = { closure, data, count in
      let sink = Unmanaged<ByteSink>.fromOpaque(closure!).takeUnretainedValue()
      sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
      return CAIRO_STATUS_SUCCESS
    }
    try super.init(make(write, Unmanaged.passUnretained(sink).toOpaque()), operation: operation)
  }

  deinit {
    // Cairo writes what is left when a surface is finished, which must happen while the sink lives.
    cairo_surface_finish(pointer)
  }

  /// Ends the document and returns the file's bytes. Drawing afterwards fails.
  package func finish() throws(CairoFault) -> [UInt8] {
    cairo_surface_finish(pointer)
    try checkStatus("ending the document")
    return sink.bytes
  }
}

/// A PDF of one page, whose bytes depend on what is drawn only.
package final class PDFSurface: VectorSurface {
  /// Cairo would write the clock's time, and heeds no SOURCE_DATE_EPOCH.
  private static let creationDate = "2000-01-01T00:00:00Z"

  /// One page, in points. The title goes into the metadata, not onto the page.
  package init(width: Double, height: Double, title: String) throws(CairoFault) {
    try super.init(operation: "making a PDF of \(width)×\(height) pt") { write, sink in
      cairo_pdf_surface_create_for_stream(write, sink, width, height)
    }
    cairo_pdf_surface_set_metadata(pointer, CAIRO_PDF_METADATA_CREATE_DATE, Self.creationDate)
    cairo_pdf_surface_set_metadata(pointer, CAIRO_PDF_METADATA_TITLE, title)
    try checkStatus("setting the PDF's title and date")
  }
}

/// An SVG whose text is outlines, for papers. Its ids repeat from file to file: do not inline it into a page.
package final class SVGSurface: VectorSurface {
  /// One page, in points, which is the unit of the file too.
  package init(width: Double, height: Double) throws(CairoFault) {
    try super.init(operation: "making an SVG of \(width)×\(height) pt") { write, sink in
      cairo_svg_surface_create_for_stream(write, sink, width, height)
    }
    cairo_svg_surface_set_document_unit(pointer, CAIRO_SVG_UNIT_PT)
    try checkStatus("setting the SVG's unit")
  }

  /// Cairo numbers surfaces and images by a counter of the process and writes the numbers into the file: surfaces lose
  /// theirs and images are counted anew, so that the same drawing gives the same bytes whatever was drawn before.
  package override func finish() throws(CairoFault) -> [UInt8] {
    let text = String(decoding: try super.finish(), as: UTF8.self)
      .replacing(/id="surface[0-9]+"/, with: #"id="surface""#)
    var numbers: [Substring: Int] = [:]
    let counted = text.replacing(/(id="|xlink:href="#)image([0-9]+)"/) { match in
      let number = numbers[match.2] ?? numbers.count + 1
      numbers[match.2] = number
      return "\(match.1)image\(number)\""
    }
    return Array(counted.utf8)
  }
}
