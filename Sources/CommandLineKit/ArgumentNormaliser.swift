import ArgumentParser
import Foundation

/// The command line as the parser takes it, from what people write: lists with commas and with spaces, `--strict` with
/// and without a value, and a home folder that the shell has left as `~`.
package struct ArgumentNormaliser {
  /// How a list is handed on.
  package enum Form: Sendable {
    /// One word with commas, for an option of one value; the type says what belongs to the list.
    case oneWord(@Sendable (String) -> Bool)
    /// A word each, for an option that takes words up to the next option; the same.
    case words(@Sendable (String) -> Bool)
    /// Names that may be anything, spaces included: words join only where DATA stands already.
    case names
  }

  package static func oneWord<List: ExpressibleByArgument>(_ type: List.Type) -> Form {
    .oneWord { List(argument: $0) != nil }
  }

  package static func words<Word: ExpressibleByArgument>(_ type: Word.Type) -> Form {
    .words { Word(argument: $0) != nil }
  }

  /// Without the program's own name.
  private let arguments: [String]
  private let command: String?

  /// Options of lists, by name.
  private let lists: [String: Form]
  /// Those that a command has for itself, or means otherwise.
  private let own: [String: [String: Form]]
  /// Options whose values are a person's words, not a place.
  private let texts: Set<String>
  /// Whether a word may stand behind an option that needs none, and what stands for none.
  private let flagWithValue: (option: String, belongs: @Sendable (String) -> Bool, every: String)?

  package init(
    _ arguments: [String], lists: [String: Form] = [:], own: [String: [String: Form]] = [:],
    texts: Set<String> = [],
    flagWithValue: (option: String, belongs: @Sendable (String) -> Bool, every: String)? = nil
  ) {
    self.arguments = arguments
    command = arguments.first
    self.lists = lists
    self.own = own
    self.texts = texts
    self.flagWithValue = flagWithValue
  }

  package var normalised: [String] {
    var result: [String] = []
    var place = 0
    while place < arguments.count {
      // What stands behind "--" is nobody's option.
      if arguments[place] == "--" { return result + arguments[place...] }
      let (option, value) = Self.split(arguments[place])
      place += 1
      guard let option else {
        result.append(Self.expandingHome(arguments[place - 1]))
        continue
      }
      if let flag = flagWithValue, option == flag.option {
        let words = [value].compactMap { $0 } + take(&place) { flag.belongs($0) }
        result += [option, words.isEmpty ? flag.every : words.joined(separator: ",")]
      } else if let form = own[command ?? ""]?[option] ?? lists[option] {
        result += list(option, value, form, &place)
      } else if let value {
        result.append(
          "\(option)=\(texts.contains(option) ? value : Self.expandingHome(value))")
      } else {
        result.append(option)
        // A text is taken as it stands.
        if texts.contains(option), place < arguments.count {
          result.append(arguments[place])
          place += 1
        }
      }
    }
    return result
  }

  private func list(
    _ option: String, _ value: String?, _ form: Form, _ place: inout Int
  ) -> [String] {
    var words = [value].compactMap { $0 }
    if words.isEmpty, place < arguments.count {
      words.append(arguments[place])
      place += 1
    }
    switch form {
    case .oneWord(let belongs):
      words += take(&place) { belongs(Self.trimmed($0)) }
      return [Self.oneWord(option, words)]
    case .names:
      // Behind DATA every word is a class; before it, the next one may be DATA, unless a comma says otherwise.
      let isBehindData = arguments.count > 1 && !arguments[1].hasPrefix("-")
      while place < arguments.count, !arguments[place].hasPrefix("-"),
        isBehindData || words.last?.hasSuffix(",") == true || arguments[place].hasPrefix(",")
      {
        words.append(arguments[place])
        place += 1
      }
      return [Self.oneWord(option, words)]
    case .words(let belongs):
      words += take(&place) { word in Self.parts(word).allSatisfy(belongs) }
      return [option] + words.flatMap(Self.parts)
    }
  }

  /// Joined by "=", so that a value like "-x" is no option.
  private static func oneWord(_ option: String, _ words: [String]) -> String {
    words.isEmpty ? option : "\(option)=\(words.map(trimmed).joined(separator: ","))"
  }

  /// The words from here on that belong to a list.
  private func take(_ place: inout Int, while belongs: (String) -> Bool) -> [String] {
    let start = place
    while place < arguments.count, belongs(arguments[place]) { place += 1 }
    return Array(arguments[start..<place])
  }

  /// "--option=value"; no option for any other word.
  private static func split(_ word: String) -> (option: String?, value: String?) {
    guard word.hasPrefix("--") else { return (nil, nil) }
    guard let mark = word.firstIndex(of: "=") else { return (word, nil) }
    return (String(word[..<mark]), String(word[word.index(after: mark)...]))
  }

  private static func trimmed(_ word: String) -> String {
    word.trimmingCharacters(in: CharacterSet(charactersIn: ", "))
  }

  private static func parts(_ word: String) -> [String] {
    word.split { $0 == "," || $0 == " " }.map(String.init)
  }

  /// The shell expands `~/x` and leaves `--out=~/x` as it is, which would make a folder called "~".
  package static func expandingHome(_ word: String) -> String {
    guard word == "~" || word.hasPrefix("~/"),
      let home = ProcessInfo.processInfo.environment["HOME"], !home.isEmpty
    else { return word }
    return home + word.dropFirst()
  }
}
