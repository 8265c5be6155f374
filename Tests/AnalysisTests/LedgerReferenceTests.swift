import Analysis
import Recordings
import TestSupport
import Testing

/// The exit ledger against make_ledger.py, which tries every setting by brute force.
@Suite struct LedgerReferenceTests {
  let reference: LedgerReference
  let result: AuditResult

  init() throws {
    let reference = try LedgerReference.load()
    self.reference = reference
    var options = AuditOptions(threshold: reference.threshold, resamples: 10_000)
    options.targets = [
      .belowFinal(reference.drop), .accuracy(reference.wanted), .budget(reference.budget),
      .accuracy(1),
    ]
    let recordings = reference.seeds.indices.map { reference.recording(seed: $0) }
    result = try Auditor.audit(baseline: recordings, egt: [recordings[1]], options: options)
  }

  /// Each seed's own numbers, and those of the arm that is the second seed alone.
  private var ledgers: [(ExitLedger, LedgerReference.Expected)] {
    let alone = (result.egt.ledger!, reference.seeds[1].expected)
    return zip(result.baseline.seedLedgers, reference.seeds.map(\.expected)) + [alone]
  }

  @Test func curvesAreThoseOfBruteForce() throws {
    #expect(result.baseline.seedLedgers.count == 2)
    for (ledger, expected) in ledgers {
      for policy in ledger.policies {
        for row in expected.policies[policy.policy.rawValue]!.curve {
          let point = try #require(policy.curve.first { $0.setting == row[0] })
          #expect(point.accuracy.isNear(row[1]))
          #expect(point.meanMacs!.isNear(row[2]))
          #expect(point.shares.isNear(Array(row[3...])), "\(policy.policy) at \(row[0])")
        }
      }
    }
  }

  @Test func settingsAreChosenOnValidationAndScoredOnTheRecordedSamples() throws {
    for (ledger, expected) in ledgers {
      for policy in ledger.policies {
        let choices = expected.policies[policy.policy.rawValue]!.choices
        #expect(policy.choices.count == choices.count)
        for (choice, wanted) in zip(policy.choices, choices) {
          guard let wanted else {
            #expect(choice.chosen == nil)
            #expect(
              choice.refusal == "no setting reaches it on the validation answers of the recording")
            continue
          }
          let chosen = try #require(choice.chosen, "\(policy.policy), \(choice.target)")
          #expect(chosen.settings.count == 1)
          #expect(chosen.settings[0].isNear(wanted.setting ?? .infinity))
          #expect(chosen.validationAccuracy.isNear(wanted.validationAccuracy))
          #expect(chosen.validationFinalAccuracy.isNear(wanted.validationFinalAccuracy))
          #expect(chosen.validationMeanMacs!.isNear(wanted.validationMeanMacs))
          #expect(chosen.accuracy.isNear(wanted.accuracy))
          #expect(chosen.belowFinal.isNear(wanted.belowFinal))
          #expect(chosen.meanMacs!.value.isNear(wanted.meanMacs[0]))
          #expect(chosen.shares.isNear(wanted.shares))
          #expect(chosen.accuracyGap.isNear(wanted.accuracy[0] - wanted.validationAccuracy))
        }
      }
    }
  }

  /// SciPy's draws are others, so bounds differ by a few per cent of the interval's width.
  @Test func costsHaveSciPysBootstrapIntervals() throws {
    for policy in result.egt.ledger!.policies {
      let choices = reference.seeds[1].expected.policies[policy.policy.rawValue]!.choices
      for (choice, wanted) in zip(policy.choices, choices) {
        guard let chosen = choice.chosen, let wanted else { continue }
        #expect(chosen.meanMacs!.isAbout(wanted.meanMacs))
      }
    }
  }

  @Test func differencesBetweenArmsArePaired() throws {
    let audit = try Auditor.audit(
      baseline: [reference.recording(seed: 0)], egt: [reference.recording(seed: 1)],
      options: AuditOptions(threshold: reference.threshold, resamples: 10_000))
    let paired = try #require(audit.paired?.ledger)
    #expect(paired.leaving.accuracy.isNear(reference.paired["accuracy"]!))
    #expect(paired.leaving.accuracy == audit.paired?.earlyAccuracy?.estimate)
    #expect(paired.leaving.meanMacs!.isAbout(reference.paired["meanMacs"]!))
    #expect(paired.destructive.isNear(reference.paired["destructive"]!))
  }

  @Test func differencesAreThoseOfTheArms() throws {
    let paired = try #require(result.paired?.ledger)
    let ledgers = [result.baseline.ledger!, result.egt.ledger!]
    for (policy, choices) in paired.choices.enumerated() {
      for (number, choice) in choices.enumerated() {
        let arms = ledgers.map { $0.policies[policy].choices[number].chosen }
        guard let first = arms[0], let second = arms[1] else {
          #expect(choice == nil)
          continue
        }
        #expect(choice!.accuracy.value.isNear(second.accuracy.value - first.accuracy.value))
        let cost = second.meanMacs!.value - first.meanMacs!.value
        #expect(abs(choice!.meanMacs!.value - cost) < 1e-6)
      }
    }
    let shares = ledgers.map(\.overthinking.wasteful.share.value)
    #expect(paired.wasteful.value.isNear(shares[1] - shares[0]))
    let parts = [paired.wasteful, paired.destructive, paired.onlyFinal, paired.never]
    #expect(abs(parts.map(\.value).reduce(0, +)) < 1e-12)
  }

  @Test func budgetedCurvesAreThoseOfBruteForce() {
    for (ledger, expected) in ledgers {
      for policy in ledger.policies {
        let rows = expected.policies[policy.policy.rawValue]!.budgeted
        let points = policy.budgeted.map {
          [$0.budget, $0.validationAccuracy, $0.validationMeanMacs, $0.accuracy, $0.meanMacs]
        }
        #expect(points.count == rows.count)
        for (point, row) in zip(points, rows) { #expect(point.isNear(row), "\(policy.policy)") }
      }
    }
  }

  @Test func exitsAndOverthinkingAreThoseOfBruteForce() {
    for (ledger, expected) in ledgers {
      for (exit, row) in zip(ledger.exits, expected.leaving) {
        #expect(exit.count == Int(row[0]))
        #expect(exit.accuracy!.isNear(Array(row[1...])))
      }
      let parts = [
        ("wasteful", ledger.overthinking.wasteful),
        ("destructive", ledger.overthinking.destructive),
        ("onlyFinal", ledger.overthinking.onlyFinal), ("never", ledger.overthinking.never),
      ]
      for (name, part) in parts {
        let row = expected.overthinking[name]!
        #expect(part.count == Int(row[0]))
        #expect(part.share.isNear(Array(row[1...])))
      }
      #expect(ledger.overthinking.wastedMacs!.isNear(expected.wastedMacs))
      #expect(ledger.overthinking.oracleAccuracy.isNear(expected.oracle))
      #expect(ledger.overthinking.oracleMeanMacs!.isNear(expected.oracleMeanMacs))
    }
  }

  @Test func severalSeedsAreTheirMean() throws {
    let whole = try #require(result.baseline.ledger)
    let seeds = result.baseline.seedLedgers
    for (index, policy) in whole.policies.enumerated() {
      for (number, point) in policy.curve.enumerated() {
        let points = seeds.map { $0.policies[index].curve[number] }
        #expect(point.accuracy.isNear((points[0].accuracy + points[1].accuracy) / 2))
        #expect(point.meanMacs!.isNear((points[0].meanMacs! + points[1].meanMacs!) / 2))
      }
      let chosen = try #require(policy.choices[0].chosen)
      let both = seeds.map { $0.policies[index].choices[0].chosen! }
      #expect(chosen.settings == both.flatMap(\.settings))
      #expect(chosen.accuracy.value.isNear((both[0].accuracy.value + both[1].accuracy.value) / 2))
      #expect(chosen.accuracy.low! < chosen.accuracy.value)
      #expect(chosen.accuracy.high! > chosen.accuracy.value)
    }
    #expect(
      whole.overthinking.destructive.count
        == seeds.map(\.overthinking.destructive.count).reduce(0, +))
    #expect(whole.exits.map(\.share).reduce(0, +).isNear(1))
  }
}

extension Double {
  fileprivate func isNear(_ other: Double) -> Bool {
    self == other || abs(self - other) <= 1e-9 * max(1e-3, abs(other))
  }
}

extension [Double] {
  fileprivate func isNear(_ other: [Double]) -> Bool {
    count == other.count && zip(self, other).allSatisfy { $0.isNear($1) }
  }
}

extension Estimate {
  /// - Parameter numbers: value, low, high.
  fileprivate func isNear(_ numbers: [Double]) -> Bool {
    value.isNear(numbers[0]) && low!.isNear(numbers[1]) && high!.isNear(numbers[2])
  }

  /// Bounds within 6 % of the interval's width.
  fileprivate func isAbout(_ numbers: [Double]) -> Bool {
    let tolerance = 0.06 * (numbers[2] - numbers[1]) + 1e-9
    return value.isNear(numbers[0]) && abs(low! - numbers[1]) <= tolerance
      && abs(high! - numbers[2]) <= tolerance
  }
}
