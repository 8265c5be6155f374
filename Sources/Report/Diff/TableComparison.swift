import FileKit
import Foundation

/// Which of the tables of two reports, `data/*.csv`, are the same to the byte: what the comparison number by number
/// does not look at is in one of them.
struct TableComparison: Sendable {
  /// By name: the same in both, different, in one report only.
  private(set) var same: [String] = []
  private(set) var different: [String] = []
  private(set) var onlyFirst: [String] = []
  private(set) var onlySecond: [String] = []

  var isEmpty: Bool { different.isEmpty && onlyFirst.isEmpty && onlySecond.isEmpty }
  var sharedCount: Int { same.count + different.count }

  /// - Parameters: two reports' folders.
  init(_ first: String, _ second: String) throws(ReportFault) {
    let names = (Self.names(first), Self.names(second))
    onlyFirst = names.0.subtracting(names.1).sorted()
    onlySecond = names.1.subtracting(names.0).sorted()
    for name in names.0.intersection(names.1).sorted() {
      let isSame = try ReportFault.files { () throws(FileFault) in
        try Files.read("\(first)/data/\(name)") == Files.read("\(second)/data/\(name)")
      }
      if isSame { same.append(name) } else { different.append(name) }
    }
  }

  private static func names(_ folder: String) -> Set<String> {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/data")) ?? []
    return Set(names.filter { $0.hasSuffix(".csv") })
  }
}
