/// Something the reader must know before believing a number.
public struct Flag: Sendable, Equatable {
  /// "COLLAPSE", "FLATTENED", "NO-EXCESS", "FEW-SEEDS", "UNDEFINED-MAPS", "SKIPPED-IMAGES", …
  public var code: String
  /// The model's place in the list; nil where the flag is about several models or about the data.
  public var model: Int?
  /// From 1; nil where the flag is about the whole model.
  public var exit: Int?
  /// One plain sentence with its numbers.
  public var message: String

  package init(code: String, model: Int?, exit: Int?, message: String) {
    self.code = code
    self.model = model
    self.exit = exit
    self.message = message
  }
}
