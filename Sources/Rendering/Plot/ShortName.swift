/// A model's name where room is short.
enum ShortName {
  /// Letters at most, by how many models share the line.
  static func text(_ name: String, style: FigureStyle) -> String {
    let limit = style.models.count > 2 ? 16 : 28
    return name.count > limit ? name.prefix(limit - 1) + "…" : name
  }
}
