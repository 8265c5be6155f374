/// What a figure is written as, beside the pages.
package enum FigureFormat: String, Sendable, CaseIterable {
  case pdf, svg, png
}
