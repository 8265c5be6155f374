import ArgumentParser
import Network
import Training

/// Numbers separated by commas.
struct NumberList: ExpressibleByArgument {
  let values: [Double]

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0)
    }
    guard !numbers.contains(nil) else { return nil }
    values = numbers.compactMap { $0 }
  }
}

/// Seeds separated by commas, each once.
struct SeedList: ExpressibleByArgument {
  let values: [UInt64]

  init(_ values: [UInt64]) { self.values = values }

  init?(argument: String) {
    let seeds = argument.split(separator: ",", omittingEmptySubsequences: false).map { UInt64($0) }
    guard !seeds.contains(nil), Set(seeds).count == seeds.count else { return nil }
    values = seeds.compactMap { $0 }
  }

  var defaultValueDescription: String { values.map { "\($0)" }.joined(separator: ",") }
}

/// Weights λ separated by commas, each once.
struct WeightList: ExpressibleByArgument {
  let values: [Double]

  init(_ values: [Double]) { self.values = values }

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0)
    }
    guard numbers.allSatisfy({ ($0 ?? -1) >= 0 && $0!.isFinite }),
      Set(numbers).count == numbers.count
    else { return nil }
    // −0 is a weight of 0.
    values = numbers.map { $0! + 0 }
  }

  var defaultValueDescription: String {
    values.map { $0 == 0 ? "0" : "\($0)" }.joined(separator: ",")
  }
}

/// Values of an enumeration separated by commas, each once.
struct ChoiceList<Choice>: ExpressibleByArgument
where Choice: CaseIterable & RawRepresentable<String> & Hashable {
  let values: [Choice]

  /// "paper, stop-gradient, …"
  static var names: String { Choice.allCases.map(\.rawValue).joined(separator: ", ") }

  init(_ values: [Choice]) { self.values = values }

  init?(argument: String) {
    let choices = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Choice(rawValue: String($0))
    }
    guard !choices.contains(nil), Set(choices).count == choices.count else { return nil }
    values = choices.compactMap { $0 }
  }

  var defaultValueDescription: String { values.map(\.rawValue).joined(separator: ",") }
}

typealias VariantList = ChoiceList<SweepVariant>
typealias ArchitectureList = ChoiceList<Architecture>
