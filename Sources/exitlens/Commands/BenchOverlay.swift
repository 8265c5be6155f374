import Recordings
import Rendering

/// Drawing of overlay sheets on one thread: two models, five exits, 64×64×3.
enum BenchOverlay {
  private static let samples = 16

  static func measure(_ item: BenchCase, _ timer: BenchTimer) throws -> BenchMeasure {
    let sheet = try OverlaySheet(
      baseline: BenchRecording.make(seed: 1, samples: samples),
      egt: BenchRecording.make(seed: 2, samples: samples))
    var sample = 0
    return timer.measure(item.rawValue, unit: "sheets/s", units: 1) {
      do {
        _ = try sheet.render(sample: sample)
      } catch {
        preconditionFailure("a recording made here has every sample and image: \(error)")
      }
      sample = (sample + 1) % samples
    }
  }
}
