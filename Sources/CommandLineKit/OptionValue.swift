import ArgumentParser
import Training

/// What an option's value has to be: its name in the help, and "expected …" where it is not that.
package enum OptionValue: String, CaseIterable {
  case number
  case fraction
  case wholeNumber = "whole-number"
  case seed
  case numbers
  case weights
  case seeds
  case gallerySize = "size"
  case viewCount = "count"
  case venue
  case alerts

  package var expectation: String {
    switch self {
    case .number: "a number"
    case .fraction: "a number from 0 to 1"
    case .wholeNumber: "a whole number"
    case .seed: "a whole number of at least 0"
    case .numbers: "numbers separated by commas or spaces"
    case .weights:
      "different numbers of at least 0, at most \(TrainingConfiguration.lambdas.upperBound), separated by commas or spaces"
    case .seeds: "different whole numbers of at least 0, separated by commas or spaces"
    case .venue:
      "ieee, neurips, icml, cvpr, nature, or WIDTHxHEIGHT in inches (mm or pt where it says so), sides of 1.5 to 20 in"
    case .alerts: "all, limits, or codes such as FLATTENED, separated by commas"
    case .gallerySize: "'all' or a whole number of at least 1"
    case .viewCount: "'all', 'none' or a whole number of at least 1"
    }
  }
}

extension OptionValue {
  /// Refuses a fraction outside 0…1, which the parser lets through.
  package static func check(fraction value: Double, of option: String) throws {
    guard (0...1).contains(value) else {
      throw ValidationError(
        "The value '\(value)' is invalid for '\(option) <\(fraction.rawValue)>'")
    }
  }
}

extension ArgumentHelp {
  /// Help of an option with a value of some kind.
  package static func value(_ kind: OptionValue, _ abstract: String) -> ArgumentHelp {
    ArgumentHelp(abstract, valueName: kind.rawValue)
  }
}
