import CommandLineKit
import ImageCodec
import Recordings
import Rendering

/// Overlay sheets on one thread: two models, five exits, 64×64×3.
enum BenchOverlay {
  static let samples = 16

  /// A sheet and what it draws.
  static func subject() throws -> (OverlaySheet, [(name: String, recording: Recording)]) {
    let baseline = BenchRecording.make(seed: 1, samples: samples)
    let egt = BenchRecording.make(seed: 2, samples: samples)
    return (
      try OverlaySheet(SheetSource(models: [baseline, egt])),
      [("baseline", baseline), ("egt", egt)]
    )
  }

  /// - Parameter encodes: whether a sheet is made a PNG file (in memory) as well.
  static func measure(
    _ item: BenchCase, encodes: Bool, _ timer: BenchTimer
  ) throws -> BenchMeasure {
    let (sheet, _) = try subject()
    var sample = 0
    return timer.measure(item.rawValue, unit: "sheets/s", units: 1) {
      do {
        let drawn = try sheet.render(sample: sample)
        if encodes { _ = PNGEncoder.encode(drawn.image) }
      } catch {
        preconditionFailure("a recording made here has every sample and image: \(error)")
      }
      sample = (sample + 1) % samples
    }
  }
}
