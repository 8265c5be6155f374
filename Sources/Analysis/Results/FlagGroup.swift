/// Alerts of one code and one model, which stand together wherever alerts are shown.
public struct FlagGroup: Sendable {
  /// One at least, in the order in which they were raised.
  public private(set) var flags: [Flag]

  /// The groups, in the order of the first alert of each.
  public static func groups(of flags: [Flag]) -> [FlagGroup] {
    var groups: [FlagGroup] = []
    for flag in flags {
      let place = groups.firstIndex {
        $0.flags[0].code == flag.code && $0.flags[0].model == flag.model
      }
      if let place {
        groups[place].flags.append(flag)
      } else {
        groups.append(FlagGroup(flags: [flag]))
      }
    }
    return groups
  }

  /// ", exits 1, 4", to stand behind the model's name; empty where the alerts name no exit.
  public var exitsText: String {
    let exits = flags.compactMap(\.exit).map(String.init)
    guard !exits.isEmpty else { return "" }
    return ", exit\(exits.count == 1 ? "" : "s") \(exits.joined(separator: ", "))"
  }
}
