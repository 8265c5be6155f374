/// Command lines as text that a shell reads again, word by word.
///
/// Bytes are looked at, not characters: `'` and the combining accent behind it are one character to Swift and a quote to a
/// shell.
enum CommandText {
  /// What runs and recordings say made them: the same for a run that was stopped and one that was left alone.
  static var recorded: String { current(withoutFlags: ["--resume", "--force"], options: []) }

  /// The command line without options that only decide who works, and when.
  /// - Parameters:
  ///   - flags: options without a value, such as "--plan".
  ///   - options: options with one, such as "--jobs".
  static func current(withoutFlags flags: Set<String>, options: Set<String>) -> String {
    var words = ["exitlens"]
    var skipsNext = false
    for word in CommandLine.arguments.dropFirst() {
      if skipsNext {
        skipsNext = false
      } else if options.contains(word) {
        skipsNext = true
      } else if !flags.contains(word),
        !options.contains(where: { word.utf8.starts(with: "\($0)=".utf8) })
      {
        words.append(word)
      }
    }
    return text(words)
  }

  /// A command of one line, whatever the words hold.
  static func text(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }

  /// Whether a word holds characters that end a line or do something to a terminal; programs that read commands line by
  /// line cannot take it, and shells other than bash, ksh and zsh cannot read how it is quoted.
  static func holdsControls(_ word: String) -> Bool {
    word.unicodeScalars.contains(where: isControl)
  }

  /// A word as it is where a shell would take it so, else in quotes: `'…'`, or `$'…'` where it holds controls.
  static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.utf8.allSatisfy(isPlain) { return word }
    let hasControls = holdsControls(word)
    var bytes = Array((hasControls ? "$'" : "'").utf8)
    for scalar in word.unicodeScalars {
      switch scalar {
      case _ where isControl(scalar): for byte in UTF8.encode(scalar)! { bytes += octal(byte) }
      case "'" where hasControls: bytes += "\\'".utf8
      case "\\" where hasControls: bytes += "\\\\".utf8
      // No quote can stand between quotes: they end before it and begin again behind.
      case "'": bytes += "'\\''".utf8
      default: bytes += UTF8.encode(scalar)!
      }
    }
    return String(decoding: bytes + "'".utf8, as: UTF8.self)
  }

  /// Three digits always, so that none that follows is taken for a fourth: 10 → `\012`.
  private static func octal(_ byte: UInt8) -> [UInt8] {
    [UInt8(ascii: "\\")] + [6, 3, 0].map { UInt8(ascii: "0") + (byte >> $0) & 7 }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_=+,./:@%".utf8.contains(byte)
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
