/// Which of the data's classes take part, and their new labels.
package struct ClassChoice: Sendable {
  /// The data's labels that take part, in their own order.
  package let labels: [Int]
  /// By old label, the new one.
  private let newLabels: [Int?]

  /// - Parameters:
  ///   - selection: which classes the user wants.
  ///   - names: all classes of the data, in label order.
  ///   - location: where the data are, for error messages.
  package init(
    _ selection: DatasetOptions.ClassSelection, of names: [String], at location: String
  ) throws(DatasetFault) {
    switch selection {
    case .all: labels = Array(names.indices)
    case .first(let count):
      guard (2...max(2, names.count)).contains(count), count <= names.count else {
        throw .badOption(name: "--classes", expected: "2 to \(names.count)", got: "\(count)")
      }
      labels = Array(0..<count)
    case .named(let wanted):
      // Swift's strings are equal in every Unicode form, so that what a keyboard gives finds what a Mac's folders
      // are called; names of the very bytes come first.
      var chosen: Set<Int> = []
      for name in wanted {
        let exact = names.firstIndex { $0.utf8.elementsEqual(name.utf8) }
        guard let label = exact ?? names.firstIndex(of: name) else {
          throw .unknownClass(name: name, known: names)
        }
        chosen.insert(label)
      }
      labels = chosen.sorted()
    }
    guard labels.count >= 2 else {
      throw .tooFewClasses(path: location, names: labels.map { names[$0] })
    }
    var newLabels = [Int?](repeating: nil, count: names.count)
    for (new, old) in labels.enumerated() { newLabels[old] = new }
    self.newLabels = newLabels
  }

  /// The label among the chosen classes, or nil where the class takes no part.
  package func newLabel(of label: Int) -> Int? { newLabels[label] }
}
