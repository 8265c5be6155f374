import CommandLineKit
import Network
import TensorCore

/// How a training step's time grows with the batch and with the images.
enum BenchScaling {
  /// What a step is measured at: images of `side`×`side`×3, `images` a batch.
  static func points(isQuick: Bool) -> [(side: Int, images: Int)] {
    let (batches, sides) =
      isQuick ? ([2], [32]) : ([2, 4, 8, 16, 32, 64, 128], [32, 64, 96, 128, 160, 192, 224])
    return batches.map { (64, $0) } + sides.filter { $0 != 64 }.map { ($0, BenchSubject.batch) }
  }

  /// One measure a point, with the id "step-SIDE-IMAGES".
  static func measure(
    _ architecture: Architecture, _ timer: BenchTimer, isQuick: Bool, lanes: Lanes,
    progress: (String) -> Void
  ) -> [BenchMeasure] {
    points(isQuick: isQuick).map { side, images in
      let id = "step-\(side)-\(images)"
      progress(id)
      let subject = BenchSubject(
        side: side, channels: 3, images: images, architecture: architecture)
      return BenchNetwork.training(id, subject, timer, lanes)
    }
  }
}
