// How far exits agree, from recordings, without a report: the library product ExitLensAnalysis.
//
//     swift run -c release AnalysisFromSwift NAME=RECORDING …     (the first is the reference)

import Analysis
import Foundation
import Recordings

do {
  let models = try CommandLine.arguments.dropFirst().map { argument in
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    return Model(parts[0], [try RecordingReader.read(parts[parts.count - 1])])
  }
  let result = try Auditor.audit(models, options: AuditOptions(resamples: 2000))
  for model in result.models {
    for exit in model.exits.dropLast() {
      guard let cosine = result.numbers[.cosine, .exit(exit.exit), model: model.index] else {
        print("\(model.name), exit \(exit.exit): no map is defined")
        continue
      }
      print(
        "\(model.name), exit \(exit.exit): cosine \(text(cosine)), by chance \(digits(cosine.null))"
      )
    }
  }
  for comparison in result.comparisons {
    let name = result.models[comparison.model].name
    if let reason = comparison.refusal ?? comparison.paired?.mapPremise?.reason {
      print("\(name): not compared, \(reason)")
    } else if let excess = result.numbers[.excess, .early, difference: comparison.model] {
      let finding =
        switch excess.finding {
        case .higher: "more about the image"
        case .lower: "less about the image"
        case .notDetected, nil: "no difference detected"
        }
      print("\(name) − \(result.reference.name): excess \(text(excess)), \(finding)")
    }
  }
  for flag in result.flags { print("\(flag.code): \(flag.message)") }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}

/// "0.452 [0.449, 0.455]"
func text(_ number: Number) -> String {
  let bounds = [number.estimate.low, number.estimate.high].compactMap { $0 }.map(digits)
  return digits(number.value) + (bounds.count == 2 ? " [\(bounds[0]), \(bounds[1])]" : "")
}

func digits(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "unknown" }
