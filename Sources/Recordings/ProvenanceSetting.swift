import FileKit

extension Provenance {
  /// A setting of a training: one that ExitLens knows, by its key, or any other, by a name of its writer's choice.
  ///
  /// In JSON `{"key": "epochs", "value": "50"}` or `{"name": "data augmentation", "value": "flips"}`.
  public struct Setting: Sendable, Equatable {
    /// What a setting is called.
    public enum Name: Sendable, Hashable {
      case known(SettingKey)
      case free(String)
    }

    /// A key that ExitLens knows, or the writer's own name.
    public let name: Name
    /// As text; numbers in the writer's own notation.
    public let value: String

    /// A setting that ExitLens knows.
    public init(_ key: SettingKey, _ value: String) {
      name = .known(key)
      self.value = value
    }

    /// A setting under a name of the writer's choice; reports print it as it is.
    public init(_ name: String, _ value: String) {
      self.name = .free(name)
      self.value = value
    }

    /// nil for a free setting.
    public var key: SettingKey? {
      if case .known(let key) = name { key } else { nil }
    }

    /// As `recording.json` spells it, for messages about recordings.
    public var spelling: String {
      switch name {
      case .known(let key): key.rawValue
      case .free(let name): name
      }
    }

    /// The same for "batchSize", "batch_size" and "Batch size".
    public var plainName: String { spelling.plainName }

    /// Of a free setting as far as its name tells: frameworks write "seed" or "Random seed" among the settings.
    public var role: SettingRole {
      switch name {
      case .known(let key): key.role
      case .free(let name):
        name.lowercased().split(whereSeparator: { !$0.isLetter }).contains("seed")
          ? .seed : .training
      }
    }
  }

  /// The value of a setting that ExitLens knows; nil where the recording does not give it.
  public func value(of key: SettingKey) -> String? {
    settings?.first { $0.key == key }?.value
  }
}

extension Provenance.Setting: Codable {
  private enum CodingKeys: String, CodingKey { case key, name, value }

  /// - Throws: `ValueProblem` for a key that is none, and for both or neither of key and name.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let value = try fields.decode(String.self, forKey: .value)
    let key = try fields.decodeIfPresent(String.self, forKey: .key)
    let name = try fields.decodeIfPresent(String.self, forKey: .name)
    let place = ManifestCoding.name(decoder.codingPath)
    switch (key, name) {
    case (let key?, nil):
      guard let known = SettingKey(rawValue: key) else {
        throw ValueProblem(
          "\(place).key",
          expected: "one of \(SettingKey.list), or a name of your own in name instead of key",
          got: key)
      }
      self.init(known, value)
    case (nil, let name?): self.init(name, value)
    case (.some, .some), (nil, nil):
      throw ValueProblem(
        place, expected: "either key or name", got: key == nil ? "neither" : "both")
    }
  }

  /// With `key` where it is known, else with `name`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch name {
    case .known(let key): try fields.encode(key, forKey: .key)
    case .free(let name): try fields.encode(name, forKey: .name)
    }
    try fields.encode(value, forKey: .value)
  }
}

extension SettingKey {
  fileprivate static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension String {
  /// Without case, spaces, hyphens and underscores: by this, words that different programs wrote are compared.
  var plainName: String { lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" } }
}
