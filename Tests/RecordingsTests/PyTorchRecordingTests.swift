import Foundation
import Recordings
import TensorCore
import Testing

/// The recording that `docs/pytorch_recording.py demo` wrote (its bytes lie among NetworkTests' fixtures).
@Suite struct PyTorchRecordingTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("NetworkTests/Fixtures/pytorch-recording").path

  @Test func pythonsRecordingIsReadAsItWasMeant() throws {
    let recording = try RecordingReader.read(Self.folder)
    let manifest = recording.manifest
    #expect(manifest.classNames == ["left", "right", "none"])
    #expect(manifest.input == GridSize(height: 20, width: 16))
    #expect(manifest.channels == 3)
    #expect(
      manifest.exits.map(\.grid) == [
        GridSize(height: 10, width: 8), GridSize(height: 2, width: 2),
      ])
    // By hand: 20·16·27·8 + 10·8·8 + 8·3, and on top 5·4·72·12 + 2·2·12 + 12·3.
    #expect(manifest.exits.map(\.macs) == [69_784, 87_148])
    #expect(manifest.attentionKind == "softmax")
    #expect(manifest.mapKind == "attention" && manifest.name == "YourModel")
    #expect(manifest.split == "test")
    #expect(manifest.identifiers?.last == "demo/5")
    #expect(manifest.provenance?.lambda == 0)
    #expect(manifest.provenance?.settings == [.init(.epochs, "0"), .init("weights", "random")])
    #expect(recording.labels == [0, 1, 2, 0, 1, 2])
    #expect(recording.logits.map(\.count) == [18, 18])
    #expect(recording.images?.count == 6 * 20 * 16 * 3)
    // The first pixel of numpy.random.default_rng(0).integers(0, 256, …, dtype=uint8).
    #expect(try recording.images?.elements(0..<3) == [95, 130, 194])
  }
}
