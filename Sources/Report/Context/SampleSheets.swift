import Analysis
import Rendering

/// The pictures that a report has of a sample.
enum SheetView: String, Sendable {
  /// One colour scale over all tiles.
  case shared = ""
  /// Each tile on a scale of its own.
  case ownScales = "-own"
  /// A model minus the reference.
  case difference = "-difference"
  case contours = "-contours"

  /// The picture's file, from the report's folder.
  func file(_ sample: SampleResult) -> String { "sheets/\(sample.index)\(rawValue).png" }
}

/// What pages say about the pictures of a sample.
struct SampleSheets: Sendable {
  var scale: SheetScale
  /// nil where that view was not drawn.
  var difference: DifferenceScale?
  /// nil where that view was not drawn.
  var mapsWithoutContours: Int?
}

/// Sizes of the pictures.
struct SheetLayouts: Sendable {
  /// Of `SheetView.shared` and `.ownScales`.
  var overlay: SheetLayout
  /// nil with a single model, and where the models' maps have no difference, being of different quantities.
  var difference: SheetLayout?
  var contours: SheetLayout
}
