extension Overthinking {
  static func plan(
    _ runs: [LedgerRun], _ statistics: inout LedgerStatistics
  ) -> (LedgerStatistics) -> Overthinking {
    let final = runs[0].scores.exitCount - 1
    /// - Parameter belongs: whether a sample belongs to the part, by its oracle exit and the final answer.
    func part(
      _ belongs: (_ isRightEarly: Bool, _ isRightFinally: Bool) -> Bool
    ) -> (LedgerStatistics) -> Part {
      let members = runs.map { run in
        zip(run.oracle.exits, run.finalRight).map { belongs($0 < final, $1) }
      }
      let share = statistics.share(members)!
      let count = members.reduce(0) { $0 + $1.count { $0 } }
      return { Part(count: count, share: $0.estimate(share)) }
    }
    let wasteful = part { $0 && $1 }
    let destructive = part { $0 && !$1 }
    let onlyFinal = part { !$0 && $1 }
    let never = part { !$0 && !$1 }
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
    return { statistics in
      Overthinking(
        wasteful: wasteful(statistics), destructive: destructive(statistics),
        onlyFinal: onlyFinal(statistics), never: never(statistics), wastedMacs: wasted,
        oracleAccuracy: statistics.estimate(oracle), oracleMeanMacs: meanMacs,
        oracleShares: shares)
    }
  }
}
