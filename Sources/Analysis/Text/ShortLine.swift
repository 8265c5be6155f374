import FileKit

extension String {
  /// A user's text, whatever it holds, short enough for a sentence.
  var shortLine: String {
    let line = singleLine
    return line.count > 40 ? String(line.prefix(40)) + "…" : line
  }
}
