import ArgumentParser
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

/// Variants of guided training separated by commas, each once.
struct VariantList: ExpressibleByArgument {
  let values: [SweepVariant]

  /// "paper, stop-gradient, …"
  static var names: String { SweepVariant.allCases.map(\.rawValue).joined(separator: ", ") }

  init(_ values: [SweepVariant]) { self.values = values }

  init?(argument: String) {
    let variants = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      SweepVariant(rawValue: String($0))
    }
    guard !variants.contains(nil), Set(variants).count == variants.count else { return nil }
    values = variants.compactMap { $0 }
  }

  var defaultValueDescription: String { values.map(\.rawValue).joined(separator: ",") }
}
