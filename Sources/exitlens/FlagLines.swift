import Analysis
import FileKit

/// Alerts on the terminal: one short line a code and model. The report's first page has their numbers.
enum FlagLines {
  static func lines(_ flags: [Flag]) -> [String] {
    var groups: [[Flag]] = []
    for flag in flags {
      if let place = groups.firstIndex(where: { $0[0].code == flag.code && $0[0].arm == flag.arm })
      {
        groups[place].append(flag)
      } else {
        groups.append([flag])
      }
    }
    return groups.map(line)
  }

  private static func line(_ flags: [Flag]) -> String {
    let exits = flags.compactMap(\.exit).map(String.init)
    let place =
      exits.isEmpty ? "" : ", exit\(exits.count == 1 ? "" : "s") \(exits.joined(separator: ", "))"
    let flag = flags[0]
    return "flag \(flag.code) (\(flag.arm)\(place)): \(flag.kind?.title ?? flag.message)".singleLine
  }
}
