import ArgumentParser
import CommandLineKit
import Network
import Training

/// Numbers separated by commas or spaces; `ArgumentNormaliser` joins the words of a command line.
struct NumberList: ExpressibleByArgument {
  let values: [Double]

  init?(argument: String) {
    guard let values = CommaList.values(of: argument, { Double($0) }) else { return nil }
    self.values = values
  }
}

/// Seeds separated by commas, each once.
struct SeedList: ExpressibleByArgument {
  let values: [UInt64]

  init(_ values: [UInt64]) { self.values = values }

  init?(argument: String) {
    guard let values = CommaList.differentValues(of: argument, { UInt64($0) }) else { return nil }
    self.values = values
  }

  var defaultValueDescription: String { values.map { "\($0)" }.joined(separator: ",") }
}

/// Weights λ separated by commas, each once.
struct WeightList: ExpressibleByArgument {
  let values: [Double]

  init(_ values: [Double]) { self.values = values }

  init?(argument: String) {
    func weight(_ text: Substring) -> Double? {
      // −0 is a weight of 0.
      Double(text).flatMap { TrainingConfiguration.lambdas.contains($0) ? $0 + 0 : nil }
    }
    guard let values = CommaList.differentValues(of: argument, weight) else { return nil }
    self.values = values
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
    guard
      let values = CommaList.differentValues(of: argument, { Choice(rawValue: String($0)) })
    else { return nil }
    self.values = values
  }

  var defaultValueDescription: String { values.map(\.rawValue).joined(separator: ",") }
}

typealias VariantList = ChoiceList<SweepVariant>

extension SweepVariant: ExpressibleByArgument {}
typealias ArchitectureList = ChoiceList<Architecture>
