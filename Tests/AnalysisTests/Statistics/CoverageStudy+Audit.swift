import Analysis
import Foundation
import Recordings
import TensorCore
import TestSupport

extension CoverageStudy {
  private static let line = GridSize(height: 1, width: 2)

  /// Maps of two cells are unit vectors of an angle: the final exit's uniform on 0.1…1.2, the early one's at most
  /// 0.1 away. The audit's own excess, whose interval lets both sides of the null vary (Hájek's projection).
  static func excess(images: Int, resamples: Int) -> Case {
    Case(interval: "Excess over the null (BCa bootstrap)", data: "2-cell maps, n = \(images)") {
      experiments, seed in
      let (low, high, width) = (0.1, 1.2, 0.1)
      let across = (sin(high) - sin(low)) / (high - low)
      let along = (cos(low) - cos(high)) / (high - low)
      let agreement = sin(width) / width
      let truth = agreement * (1 - across * across - along * along)
      return share(experiments, seed) { generator in
        let angles = (0..<images).map { _ in
          let angle = generator.uniform(low, high)
          return [angle + generator.uniform(-width, width), angle]
        }
        let recording = syntheticRecording(
          sampleCount: images, grids: [line, line], input: line,
          map: { [Float(cos(angles[$0][$1])), Float(sin(angles[$0][$1]))] })
        let options = AuditOptions(resamples: resamples, seed: generator.next())
        let result = try? Auditor.audit(
          baseline: [recording], egt: [recording], options: options)
        return holds(result?.baseline.exits[0][.excess]?.estimate, truth)
      }
    }
  }
}
