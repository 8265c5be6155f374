import Analysis
import ArgumentParser

extension ReportingOptions {
  /// What of the options an audit needs.
  var auditOptions: AuditOptions {
    var options = AuditOptions(threshold: threshold)
    options.targets = [targetAccuracy.target, .budget(targetBudget)]
    return options
  }
}

extension ExitPolicy: ExpressibleByArgument {}

/// `0.9`, or `final-0.01`.
struct AccuracyTarget: ExpressibleByArgument {
  private static let prefix = "final-"
  let target: ThresholdTarget

  init(_ target: ThresholdTarget) { self.target = target }

  init?(argument: String) {
    let isRelative = argument.hasPrefix(Self.prefix)
    let number = isRelative ? argument.dropFirst(Self.prefix.count) : argument[...]
    guard let share = Double(number), (0...1).contains(share) else { return nil }
    target = isRelative ? .belowFinal(share) : .accuracy(share)
  }

  var defaultValueDescription: String {
    switch target {
    case .belowFinal(let drop): "\(Self.prefix)\(drop)"
    case .accuracy(let share), .budget(let share): "\(share)"
    }
  }
}
