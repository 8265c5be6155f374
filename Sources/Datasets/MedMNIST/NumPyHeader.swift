/// What a NumPy array file says of itself (NumPy's "NPY format", versions 1 to 3): a magic string, two
/// version bytes, the length of what follows, and a Python dictionary of three entries.
struct NumPyHeader: Equatable {
  /// As NumPy writes it: `|u1`, `<i8`.
  var type: String
  /// Whether the first index runs fastest.
  var columnMajor: Bool
  var shape: [Int]

  /// Bytes before the dictionary's length.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Bytes of an element of an integer type, or nil for another type.
  var integerSize: Int? {
    guard type.count == 3, "|<".contains(type.first!), "iu".contains(type.dropFirst().first!),
      let size = Int(type.dropFirst(2)), [1, 2, 4, 8].contains(size)
    else { return nil }
    return size
  }

  /// How many elements; nil where no memory could hold them.
  var count: Int? {
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow, product <= Int.max / 16 else { return nil }
      count = product
    }
    return count
  }

  /// Reads the dictionary, `{'descr': '|u1', 'fortran_order': False, 'shape': (2, 28, 28), }`.
  init?(dictionary: String) {
    func value(_ key: String) -> Substring? {
      guard let name = dictionary.firstRange(of: "'\(key)':") else { return nil }
      return dictionary[name.upperBound...].drop { $0 == " " }
    }
    guard let type = value("descr"), type.first == "'",
      let typeEnd = type.dropFirst().firstIndex(of: "'"),
      let order = value("fortran_order"), order.hasPrefix("True") || order.hasPrefix("False"),
      let shape = value("shape"), shape.first == "(",
      let shapeEnd = shape.firstIndex(of: ")")
    else { return nil }
    let sizes = shape[..<shapeEnd].dropFirst().split(separator: ",")
      .map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
    let numbers = sizes.compactMap { Int($0) }
    guard numbers.count == sizes.count, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    self.type = String(type[..<typeEnd].dropFirst())
    columnMajor = order.hasPrefix("True")
    self.shape = numbers
  }
}
