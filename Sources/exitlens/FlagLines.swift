import Analysis
import FileKit

/// Alerts on the terminal: one short line a code and model. The report's first page has their numbers.
enum FlagLines {
  static func lines(_ result: AuditResult) -> [String] {
    FlagGroup.groups(of: result.flags).map { group in
      let flag = group.flags[0]
      let about = flag.model.map { result.models[$0].name } ?? "all"
      return
        "flag \(flag.code) (\(about)\(group.exitsText)): \(flag.kind?.title ?? flag.message)"
        .singleLine
    }
  }
}
