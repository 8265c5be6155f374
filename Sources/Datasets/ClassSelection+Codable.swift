extension DatasetOptions.ClassSelection: Codable {
  private static let everyClass = "all"

  /// Reads "all", a number, or a list of names.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .first(count)
    } else if let names = try? container.decode([String].self) {
      self = .named(names)
    } else if try container.decode(String.self) == Self.everyClass {
      self = .all
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected \"all\", a number, or a list of names")
    }
  }

  /// Writes what `init(from:)` reads: "all", a number, or a list of names.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .all: try container.encode(Self.everyClass)
    case .first(let count): try container.encode(count)
    case .named(let names): try container.encode(names)
    }
  }
}
