import FileKit
import Recordings
import TensorCore
import Testing

/// The optional tensors `faithfulness.*`.
struct FaithfulnessRecordingTests {
  /// Samples 0 and 2 of `sampleRecording`, with everything that can be there.
  static func recording() -> Recording {
    var recording = sampleRecording()
    func curves(_ exit: Int) -> RecordedFaithfulness.Masking.Curves {
      // The recorded confidences of samples 0 and 2: the softmax of two logits.
      let whole: [Float] = exit == 0 ? [0.7310586, 0.7310586] : [0.8807971, 0.9820138]
      let falling = [whole[0], 0.6, 0.5, whole[1], 0.3, 0.2]
      let rising = [0.5, 0.6, whole[0], 0.2, 0.3, whole[1]]
      return .init(
        deletion: falling, insertion: rising, randomDeletion: falling, randomInsertion: rising)
    }
    let answers = RecordedFaithfulness.Road.Answers(
      probabilities: [0.5, 0.4, 0.3, 0.2], predictions: [0, 1, 1, 0])
    let removals = RecordedFaithfulness.Road.Removals(
      mostRelevantFirst: answers, leastRelevantFirst: answers)
    let many: [Float] = (0..<2 * 2 * 2 * 4).map { Float($0) }
    var few: [Float] = (0..<2 * 3 * 2 * 2).map { Float($0) }
    few[3] = .infinity
    recording.faithfulness = RecordedFaithfulness(
      samples: [0, 2],
      masking: .init(fractions: [0, 0.25, 1], exits: [curves(0), curves(1)]),
      road: .init(fractions: [0.25, 0.75], exits: [removals, removals]),
      randomized: .init(
        draws: 2, exits: [.init(stages: 2, values: many), .init(stages: 3, values: few)]),
      gradCAM: [[0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 1, 2]])
    recording.manifest.provenance?.faithfulness = [.init("deletion", "to grey")]
    return recording
  }

  private func roundTrip(_ recording: Recording) throws -> Recording {
    let folder = try TemporaryFolder()
    try RecordingWriter.write(recording, to: "\(folder.path)/a")
    return try RecordingReader.read("\(folder.path)/a")
  }

  @Test func comesBackAsWritten() throws {
    let recording = Self.recording()
    let back = try roundTrip(recording)
    #expect(back.faithfulness == recording.faithfulness)
    #expect(back.manifest.provenance?.faithfulness == [.init("deletion", "to grey")])
    #expect(try roundTrip(sampleRecording()).faithfulness == nil)
  }

  /// Each part may stand alone.
  @Test func partsAreOptional() throws {
    let whole = Self.recording()
    let parts: [(inout RecordedFaithfulness) -> Void] = [
      { $0.masking = nil }, { $0.road = nil }, { $0.randomized = nil }, { $0.gradCAM = nil },
    ]
    for kept in parts.indices {
      var recording = whole
      for index in parts.indices where index != kept { parts[index](&recording.faithfulness!) }
      #expect(try roundTrip(recording).faithfulness == recording.faithfulness)
    }
  }

  typealias Change = @Sendable (inout RecordedFaithfulness) -> Void
  static let changes: [(Change, String)] = [
    ({ $0.samples = [] }, "faithfulness.samples: expected different numbers from 0 to 2"),
    ({ $0.samples = [2, 0] }, "ascending, got [2, 0]"),
    ({ $0.samples = [0, 3] }, "got [0, 3]"),
    ({ $0.samples = [0, 0] }, "got [0, 0]"),
    ({ $0.samples = [0, 1] }, "for the whole image of sample 1, as logits.2 says, got 0.98"),
    ({ $0.samples = [0] }, "faithfulness.deletion.1: expected [1, 3], 3 elements, got 6"),
    ({ $0.masking!.fractions = [0, 1, 1] }, "faithfulness.fractions: expected rising"),
    ({ $0.masking!.fractions = [0.1, 0.25, 1] }, "faithfulness.fractions"),
    (
      { $0.masking!.exits.removeLast() },
      "2 tensors of each kind, as faithfulness.deletion.1, got 1"
    ),
    ({ $0.masking!.exits[1].insertion[5] = 0.5 }, "tensor faithfulness.insertion.2"),
    ({ $0.masking!.exits[0].randomDeletion[4] = 1.5 }, "random-deletion.1: expected probabilities"),
    ({ $0.masking!.exits[0].deletion[1] = .nan }, "deletion.1: expected probabilities"),
    ({ $0.road!.fractions = [0, 0.5] }, "road-fractions: expected rising numbers between 0 and 1"),
    ({ $0.road!.fractions = [0.5] }, "road-most.1: expected [2, 1], 2 elements, got 4"),
    ({ $0.road!.exits[1].leastRelevantFirst.predictions[2] = 2 }, "road-least-predictions.2"),
    ({ $0.road!.exits[0].mostRelevantFirst.probabilities[0] = -3 }, "road-most.1"),
    ({ $0.randomized!.exits[1].values.removeLast() }, "randomized.2: expected [2, 3, 2, 1, 2]"),
    ({ $0.gradCAM![0][2] = -0.5 }, "gradcam.1: expected finite numbers ≥ 0, got -0.5"),
    ({ $0.gradCAM![1][0] = .infinity }, "gradcam.2"),
    ({ $0.gradCAM!.removeLast() }, "faithfulness.gradcam.1, got 1"),
  ]

  @Test(arguments: changes.indices)
  func refuses(index: Int) {
    let (change, words) = Self.changes[index]
    var recording = Self.recording()
    change(&recording.faithfulness!)
    let fault = #expect(throws: RecordingFault.self) { try recording.validate(at: "rec") }
    #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
  }

  /// A part is whole or not there, and a strange name is an error.
  @Test(arguments: [
    ("faithfulness.samples", "faithfulness.samples"),
    ("faithfulness.random-insertion.2", "faithfulness.random-insertion.2"),
    ("faithfulness.fractions", "faithfulness.fractions"),
    ("faithfulness.road-most-predictions.1", "faithfulness.road-most-predictions.1"),
    ("faithfulness.gradcam.1", "faithfulness.gradcam.1"),
    ("faithfulness.randomized.2", "faithfulness.randomized.2"),
  ])
  func missingTensorIsNamed(name: String, words: String) throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/a"
    try RecordingWriter.write(Self.recording(), to: place)
    let file = try SafetensorsReader(path: "\(place)/recording.safetensors")
    var writer = SafetensorsWriter()
    for other in file.names where other != name {
      let tensor = try file.tensor(named: other)
      if tensor.type == .float32 {
        writer.add(other, try file.floats(named: other), shape: tensor.shape)
      } else if tensor.type == .uint8 {
        writer.add(other, try file.bytes(named: other), shape: tensor.shape)
      } else {
        writer.add(other, try file.int64s(named: other), shape: tensor.shape)
      }
    }
    try writer.write(to: "\(place)/recording.safetensors")
    let fault = #expect(throws: RecordingFault.self) { _ = try RecordingReader.read(place) }
    #expect(fault?.description.contains("expected \(words)") == true, "\(fault?.description ?? "")")
  }
}
