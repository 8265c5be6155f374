/// One file of HTML.
struct Page: Sendable {
  /// The summary, at which a reader begins.
  static let index = "index.html"

  /// "gallery-1.html"
  var file: String
  /// The h1 and the browser's title.
  var title: String
  /// The template's name.
  var template: String
  /// The entry of the navigation that is current on this page.
  var section: String
  /// The template's values, made when the page is written: a gallery of thousands never stands whole in memory.
  var fields: @Sendable () -> Fields
}

/// A part of the report: one entry in the navigation, one or more pages.
///
/// To add one: write a type like this, add its template, and name it in `ReportPages.sections`.
protocol PageSection: Sendable {
  /// As in the navigation: "Gallery".
  static var name: String { get }
  /// The page that the navigation leads to.
  static var file: String { get }
  /// Whether the report has this part.
  static func isPresent(in context: ReportContext) -> Bool
  static func pages(_ context: ReportContext) -> [Page]
}

extension PageSection {
  static func isPresent(in context: ReportContext) -> Bool { true }
}
