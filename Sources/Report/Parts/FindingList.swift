import Analysis

/// What was found at several exits, or with several models, in one sentence: "higher at exits 1 and 2; lower at exit 4;
/// no difference detected at exit 3".
struct FindingList {
  /// Where something was looked for.
  enum Subject: Equatable {
    /// From 1. Exits without numbers are counted up: "exits 1, 2 and 4".
    case exit(Int)
    /// A model, or another place, as it is displayed.
    case named(String)
  }

  struct Entry {
    var subject: Subject
    /// nil where there is no interval.
    var finding: Finding?
    /// Printed behind the subject where a difference was found: "+0.012 [+0.001, +0.023]".
    var numbers: String?
  }

  /// What stands before each list, its preposition included: "higher at".
  struct Words {
    var higher: String
    var lower: String
    var notDetected = "no difference detected at"
    var unknown = "no interval at"

    static func with(_ higher: String, _ lower: String) -> Words {
      Words(
        higher: "\(higher) with", lower: "\(lower) with",
        notDetected: "no difference detected with", unknown: "no interval with")
    }
  }

  private(set) var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ subject: Subject, _ finding: Finding?, _ numbers: String? = nil) {
    entries.append(Entry(subject: subject, finding: finding, numbers: numbers))
  }

  /// Exits by where their interval lies.
  init(exits: [(exit: Int, estimate: Estimate)], _ format: (Estimate) -> String) {
    for (exit, estimate) in exits {
      add(.exit(exit), Number(estimate).finding, format(estimate))
    }
  }

  init() {}

  func count(_ finding: Finding) -> Int { entries.count { $0.finding == finding } }

  /// The groups that have an entry, each with its words, without a full stop.
  func text(_ words: Words) -> String {
    let groups: [(String, Finding?)] = [
      (words.higher, .higher), (words.lower, .lower), (words.notDetected, .notDetected),
      (words.unknown, nil),
    ]
    return groups.compactMap { words, finding in
      let found = entries.filter { $0.finding == finding }
      let hasNumbers = finding == .higher || finding == .lower
      return found.isEmpty ? nil : "\(words) \(Self.list(found, withNumbers: hasNumbers))"
    }.joined(separator: "; ")
  }

  private static func list(_ entries: [Entry], withNumbers: Bool) -> String {
    if !withNumbers || entries.allSatisfy({ $0.numbers == nil }) {
      let exits = entries.compactMap { entry in
        if case .exit(let exit) = entry.subject { String(exit) } else { nil }
      }
      let others = entries.compactMap { entry in
        if case .named(let name) = entry.subject { name } else { nil }
      }
      let counted = exits.isEmpty ? [] : [exits.count == 1 ? "exit" : "exits"]
      return (counted + [DisplayText.list(exits + others)]).joined(separator: " ")
    }
    return DisplayText.list(
      entries.map { entry in
        let name =
          switch entry.subject {
          case .exit(let exit): "exit \(exit)"
          case .named(let name): name
          }
        return name + (entry.numbers.map { " (\($0))" } ?? "")
      })
  }
}
