/// Reads numbers given as option values; a wrong one is told with what was expected.
enum OptionValue {
  /// Said after "The value 'x' is invalid for '--epochs <epochs>': ".
  struct Expected: Error, CustomStringConvertible {
    let description: String
  }

  static func number(_ text: String) throws -> Double {
    guard let value = Double(text) else { throw Expected(description: "expected a number") }
    return value
  }

  static func wholeNumber(_ text: String) throws -> Int {
    guard let value = Int(text) else { throw Expected(description: "expected a whole number") }
    return value
  }

  static func seed(_ text: String) throws -> UInt64 {
    guard let value = UInt64(text) else {
      throw Expected(description: "expected a whole number of at least 0")
    }
    return value
  }

  static func numbers(_ text: String) throws -> [Double] {
    let values = parts(text).map { Double($0) }
    guard !values.contains(nil) else {
      throw Expected(description: "expected numbers separated by commas")
    }
    return values.compactMap { $0 }
  }

  /// Seeds, each once.
  static func seeds(_ text: String) throws -> SeedList {
    let values = parts(text).map { UInt64($0) }
    guard !values.contains(nil), Set(values).count == values.count else {
      throw Expected(
        description: "expected different whole numbers of at least 0, separated by commas")
    }
    return SeedList(values: values.compactMap { $0 })
  }

  private static func parts(_ text: String) -> [Substring] {
    text.split(separator: ",", omittingEmptySubsequences: false)
  }
}

/// Seeds as an option shows them: "1,2,3".
struct SeedList: CustomStringConvertible {
  let values: [UInt64]

  var description: String { values.map { "\($0)" }.joined(separator: ",") }
}
