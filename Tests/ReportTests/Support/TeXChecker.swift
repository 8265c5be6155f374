/// Reads a table as LaTeX with booktabs alone would, far enough to find what would not compile or would run a command
/// that came from a name.
struct TeXChecker {
  private(set) var problems: [String] = []
  /// Cells of each row, spaces trimmed; rules are not in them.
  private(set) var rows: [[String]] = []

  private static let commands: Set<String> = [
    "begin", "end", "centering", "caption", "label", "small", "scriptsize", "setlength",
    "tabcolsep",
    "toprule", "midrule", "bottomrule", "cmidrule", "multicolumn", "mathbf", "pm", "times",
    "lambda",
    "tau", "Delta", "dots", "textbackslash", "textasciicircum", "textasciitilde", "textless",
    "textgreater", "textbar", "textquoteleft", "includegraphics", "cdot", "le", "ge", "to", "circ",
    "mu", "ss",
    "ae", "AE", "oe", "OE", "o", "O", "l", "L", "i", "u", "r", "H", "v", "c",
  ]
  /// One-character commands: escapes, accents, and a row's end.
  private static let signs: Set<Character> = [
    "\\", "{", "}", "$", "&", "#", "_", "%", "'", "`", "^", "\"", "~", "=", ".",
  ]

  private var open: [String] = []
  private var columns = 0

  init(_ text: String) {
    if let scalar = text.unicodeScalars.first(where: {
      ($0.value < 0x20 && $0 != "\n") || $0.value > 0x7E
    }) {
      problems.append("not ASCII: U+\(String(scalar.value, radix: 16))")
    }
    for (number, line) in text.split(separator: "\n").enumerated() {
      if line.hasPrefix("%") {
        if number > 0 { problems.append("a comment inside") }
        continue
      }
      check(line)
      read(line)
    }
    if !open.isEmpty { problems.append("open at the end: \(open)") }
  }

  /// Braces, mathematics and commands of one line, all of which end where they began.
  private mutating func check(_ line: Substring) {
    var depth = 0
    var isMathematics = false
    var rest = line
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        let name = rest.prefix { $0.isLetter }
        if name.isEmpty {
          guard let sign = rest.popFirst(), Self.signs.contains(sign) else {
            problems.append("an unknown command in \(line)")
            return
          }
        } else {
          if !Self.commands.contains(String(name)) { problems.append("\\\(name) in \(line)") }
          rest = rest[name.endIndex...]
        }
      case "{": depth += 1
      case "}":
        depth -= 1
        if depth < 0 { problems.append("a brace closes nothing in \(line)") }
      case "$": isMathematics.toggle()
      case "^", "_":
        if !isMathematics { problems.append("\(character) outside mathematics in \(line)") }
      case "#", "%": problems.append("\(character) in \(line)")
      case "&":
        if depth != 0 || isMathematics { problems.append("a cell does not end in \(line)") }
      default: break
      }
    }
    if depth != 0 { problems.append("braces do not match in \(line)") }
    if isMathematics { problems.append("mathematics does not end in \(line)") }
  }

  private mutating func read(_ line: Substring) {
    if let match = line.firstMatch(of: /^\\begin\{([a-z*]+)\}(?:\{@\{\}([lr]+)@\{\}\})?$/) {
      open.append(String(match.1))
      if let alignment = match.2 { columns = alignment.count }
    } else if let match = line.firstMatch(of: /^\\end\{([a-z*]+)\}$/) {
      if open.popLast() != String(match.1) { problems.append("\(line) ends another") }
    } else if open.last == "tabular", line.hasSuffix(" \\\\") {
      row(line.dropLast(3))
    } else if open.last == "tabular",
      line.firstMatch(of: /^(\\(top|mid|bottom)rule|(\\cmidrule\(lr\)\{\d+-\d+\} ?)+)$/) == nil
    {
      problems.append("no row and no rule: \(line)")
    }
  }

  private mutating func row(_ line: Substring) {
    var cells: [String] = [""]
    var previous: Character = " "
    for character in line {
      if character == "&", previous != "\\" {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
      previous = previous == "\\" && character == "\\" ? " " : character
    }
    let texts = cells.map { $0.split(separator: " ").joined(separator: " ") }
    let count = texts.reduce(0) { count, cell in
      count + (cell.firstMatch(of: /^\\multicolumn\{(\d+)\}/).flatMap { Int($0.1) } ?? 1)
    }
    if count != columns { problems.append("\(count) columns instead of \(columns): \(line)") }
    if let first = texts.first?.first, first == "[" || first == "*" {
      problems.append("a row begins with \(first)")
    }
    rows.append(texts)
  }
}
