import Analysis
import FileKit

/// Alerts on the terminal: one short line a code and model. The report's first page has their numbers.
enum FlagLines {
  static func lines(_ flags: [Flag]) -> [String] {
    FlagGroup.groups(of: flags).map { group in
      let flag = group.flags[0]
      return
        "flag \(flag.code) (\(flag.arm)\(group.exitsText)): \(flag.kind?.title ?? flag.message)"
        .singleLine
    }
  }
}
