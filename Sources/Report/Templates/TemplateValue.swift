import Mustache

/// What a template can be given. Each kind fits one kind of tag, and `TemplateCheck` insists on it.
package enum TemplateValue: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  ExpressibleByBooleanLiteral, ExpressibleByDictionaryLiteral
{
  /// `{{name}}`: escaped. `{{#name}}…{{/name}}` renders once.
  case text(String)
  /// `{{{name}}}`: markup made by this program, never a user's text.
  case markup(String)
  /// `{{#name}}`, `{{^name}}`.
  case flag(Bool)
  /// `{{#name}}` renders once, with these fields on top.
  case fields(Fields)
  /// `{{#name}}` renders once an element.
  case list([Fields])

  package init(stringLiteral value: String) { self = .text(value) }
  package init(booleanLiteral value: Bool) { self = .flag(value) }
  package init(dictionaryLiteral elements: (String, TemplateValue)...) {
    self = .fields(Fields(elements))
  }

  /// A text that may be missing: `{{#name}}{{name}}{{/name}}`.
  static func optional(_ text: String?) -> TemplateValue { text.map { .text($0) } ?? .flag(false) }

  /// Fields that may be missing: `{{#name}}…{{/name}}`.
  static func optional(_ fields: Fields?) -> TemplateValue {
    fields.map { .fields($0) } ?? .flag(false)
  }

  /// What the Mustache package sees.
  var object: Any {
    switch self {
    case .text(let text): text
    case .markup(let markup): markup
    case .flag(let flag): flag
    case .fields(let fields): fields
    case .list(let list): list
    }
  }
}

/// A template's names and values.
package struct Fields: Sendable, MustacheParent, ExpressibleByDictionaryLiteral {
  private(set) var values: [String: TemplateValue]

  package init(dictionaryLiteral elements: (String, TemplateValue)...) {
    self.init(elements)
  }

  init(_ elements: [(String, TemplateValue)]) {
    values = Dictionary(uniqueKeysWithValues: elements)
  }

  subscript(name: String) -> TemplateValue? {
    get { values[name] }
    set { values[name] = newValue }
  }

  package func child(named name: String) -> Any? { values[name]?.object }

  /// These fields and others; the others win.
  func merging(_ other: Fields) -> Fields {
    var result = self
    result.values.merge(other.values) { $1 }
    return result
  }
}
