import Recordings

/// What an overlay's colour stands for.
package enum MapQuantity: String, Sendable {
  /// The attention value as recorded.
  case value
  /// Value × number of cells: 1 is uniform attention. A softmax map sums to 1, so without this a 32×32 map would
  /// be drawn 64 times dimmer than a 4×4 one that looks at the same place.
  case cellDensity

  /// Cell density where the manifest says "softmax", or where it says nothing and every finite map sums to
  /// 1 within 1e-3; else the value. One answer for the whole recording, so that its sheets compare.
  package init(of recording: Recording) throws(RecordingFault) {
    switch recording.manifest.attentionKind {
    case "softmax": self = .cellDensity
    case .some: self = .value
    case nil: self = try Self.everyMapSumsToOne(recording) ? .cellDensity : .value
    }
  }

  private static func everyMapSumsToOne(_ recording: Recording) throws(RecordingFault) -> Bool {
    var finiteMaps = 0
    let block = SampleBlock(recording.manifest)
    for samples in SampleBlock.ranges(of: recording.sampleCount) {
      try block.read(samples, of: recording)
      for (exit, description) in recording.manifest.exits.enumerated() {
        for sample in samples {
          let map = UnsafeBufferPointer(
            start: block.map(sample, exit: exit), count: description.grid.count)
          let sum = map.reduce(0.0) { $0 + Double($1) }
          guard sum.isFinite else { continue }
          if abs(sum - 1) > 1e-3 { return false }
          finiteMaps += 1
        }
      }
    }
    return finiteMaps > 0
  }

  /// The factor from a recorded value to what is drawn.
  func factor(cells: Int) -> Float {
    self == .cellDensity ? Float(cells) : 1
  }
}
