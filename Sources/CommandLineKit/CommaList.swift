/// How every list is read.
package enum CommaList {
  /// nil where a part cannot be read.
  package static func values<Value>(
    of argument: String, _ read: (Substring) -> Value?
  ) -> [Value]? {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
      .flatMap { part in
        let words = part.split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? [part] : words
      }
    let values = parts.compactMap(read)
    return values.count == parts.count ? values : nil
  }

  /// nil also where a value stands twice.
  package static func differentValues<Value: Hashable>(
    of argument: String, _ read: (Substring) -> Value?
  ) -> [Value]? {
    values(of: argument, read).flatMap { Set($0).count == $0.count ? $0 : nil }
  }
}
