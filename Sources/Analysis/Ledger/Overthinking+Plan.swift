extension LedgerRun {
  /// Per sample, whether it belongs to one of the four parts.
  func members(_ kind: Overthinking.Kind) -> [Bool] {
    zip(oracle.exits, finalRight).map { exit, isRightFinally in
      let isRightEarly = exit < scores.exitCount - 1
      return switch kind {
      case .wasteful: isRightEarly && isRightFinally
      case .destructive: isRightEarly && !isRightFinally
      case .onlyFinal: !isRightEarly && isRightFinally
      case .never: !isRightEarly && !isRightFinally
      }
    }
  }
}

extension Overthinking {
  enum Kind: CaseIterable {
    case wasteful, destructive, onlyFinal, never
  }

  static func plan(
    _ runs: [LedgerRun], _ statistics: inout LedgerStatistics
  ) -> Pending<Overthinking> {
    let final = runs[0].scores.exitCount - 1
    func part(_ kind: Kind) -> Pending<Part> {
      let members = runs.map { $0.members(kind) }
      let share = statistics.share(members)!
      let count = members.reduce(0) { $0 + $1.count { $0 } }
      return Pending { Part(count: count, share: share.value(in: $0)) }
    }
    let wasteful = part(.wasteful)
    let destructive = part(.destructive)
    let onlyFinal = part(.onlyFinal)
    let never = part(.never)
    let oracle = statistics.share(runs.map(\.oracle.isRight))!
    let shares = runs.shares(\.oracle)
    let meanMacs = runs.meanMacs(\.oracle)
    let wasted = runs[0].costs.macs.flatMap { macs in
      runs.flatMap { run in
        zip(run.oracle.exits, run.finalRight).compactMap { exit, isRight in
          exit < final && isRight ? macs[final] - macs[exit] : nil
        }
      }.mean
    }
    return Pending { distributions in
      Overthinking(
        wasteful: wasteful.value(in: distributions),
        destructive: destructive.value(in: distributions),
        onlyFinal: onlyFinal.value(in: distributions), never: never.value(in: distributions),
        wastedMacs: wasted,
        oracleAccuracy: oracle.value(in: distributions), oracleMeanMacs: meanMacs,
        oracleShares: shares)
    }
  }
}
