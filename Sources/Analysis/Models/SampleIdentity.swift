import Recordings
import TensorCore

/// Whether two recordings show the same samples in the same order.
enum SampleIdentity {
  /// The first difference, as a clause that names both sides; nil where there is none.
  static func difference(
    _ first: Recording, _ second: Recording
  ) throws(RecordingFault) -> String? {
    let (left, right) = (first.manifest, second.manifest)
    if left.classNames != right.classNames {
      return left.classNames.count == right.classNames.count
        ? "other class names"
        : "\(right.classNames.count) classes instead of \(left.classNames.count)"
    }
    if first.sampleCount != second.sampleCount {
      return "\(second.sampleCount) samples instead of \(first.sampleCount)"
    }
    if let sample = first.labels.indices.first(where: { first.labels[$0] != second.labels[$0] }) {
      return "label \(second.labels[sample]) instead of \(first.labels[sample]) at sample \(sample)"
    }
    if let names = left.identifiers, let others = right.identifiers,
      let sample = names.indices.first(where: { names[$0] != others[$0] })
    {
      return "another identifier at sample \(sample)"
    }
    if left.input != right.input || left.channels != right.channels {
      return "inputs of \(right.input)×\(right.channels) instead of \(left.input)×\(left.channels)"
    }
    if let images = first.images, let others = second.images,
      let place = try images.firstDifference(from: others)
    {
      return "other pixels at sample \(place / (left.input.count * left.channels))"
    }
    return nil
  }
}
