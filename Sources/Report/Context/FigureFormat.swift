/// What a figure is written as, beside the pages.
public enum FigureFormat: String, Sendable, CaseIterable {
  case pdf, svg, png
}
