import FileKit
import Foundation
import Recordings
import Testing

@Suite struct PredictTests {
  private struct Answer: Decodable, Equatable {
    var image: String
    var prediction: String
    var confidence: Double
    var exit: Int
    var exits: Int
  }

  private func answers(
    _ images: [String], threshold: String, run: String? = nil
  ) throws -> [Answer] {
    let fixture = try Fixture.shared()
    let outcome = try Command(
      ["predict", run ?? fixture.run("egt")] + images
        + ["--threshold", threshold, "--json", "--threads", "1"], in: fixture.data
    ).run()
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return try JSONDecoder().decode([Answer].self, from: Data(outcome.output.utf8))
  }

  /// What the recording holds of each test image.
  private func recorded() throws -> (Recording, [String]) {
    let recording = try RecordingReader.read(try Fixture.shared().recording("egt"))
    return (recording, try #require(recording.manifest.identifiers))
  }

  /// The softmax of an exit's logits (from 0).
  private func probabilities(_ recording: Recording, _ sample: Int, exit: Int) -> [Double] {
    let classes = recording.classCount
    let logits = recording.logits[exit][(sample * classes)..<((sample + 1) * classes)]
      .map(Double.init)
    let powers = logits.map { exp($0 - logits.max()!) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  /// At threshold 1 the final exit answers, at any other the first that is sure enough, as recorded.
  @Test(arguments: [0, 0.4, 0.5, 0.9, 1]) func agreesWithTheRecording(_ threshold: Double) throws {
    let (recording, images) = try recorded()
    let answers = try answers(images, threshold: "\(threshold)")
    #expect(answers.map(\.image) == images)
    for (sample, answer) in answers.enumerated() {
      let exits = (0..<5).map { probabilities(recording, sample, exit: $0) }
      let expected = exits.firstIndex { $0.max()! >= threshold } ?? 4
      // A confidence that rounding may put on either side of the threshold decides nothing here.
      if exits.contains(where: { abs($0.max()! - threshold) < 1e-5 }) { continue }
      #expect(answer.exit == expected + 1)
      #expect(answer.exits == 5)
      let best = exits[expected].max()!
      #expect(abs(answer.confidence - best) < 1e-4)
      #expect(
        answer.prediction == recording.manifest.classNames[exits[expected].firstIndex(of: best)!])
    }
    if threshold == 1 { #expect(answers.allSatisfy { $0.exit == 5 }) }
    if threshold == 0 { #expect(answers.allSatisfy { $0.exit == 1 }) }
  }

  @Test func textSaysTheSame() throws {
    let fixture = try Fixture.shared()
    let images = ["ant/00.png", "cat/11.png"]
    let outcome = try Command(
      ["predict", fixture.run("egt")] + images + ["--threads", "1"], in: fixture.data
    ).run()
    #expect(outcome.code == 0)
    let expected = try answers(images, threshold: "0.9").map {
      "\($0.image): \($0.prediction), confidence \(String(format: "%.3f", $0.confidence)), "
        + "exit \($0.exit) of 5\n"
    }
    #expect(outcome.output == expected.joined())
  }

  /// One bad file is told, the others are answered; the code is the first fault's.
  @Test(arguments: [("text.png", 65, "not an image"), ("none.png", 66, "no such file")])
  func badImageAmongGoodOnes(_ name: String, _ code: Int32, _ words: String) throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try scratch.write("text.png", "not a picture")
    let outcome = try exitlens(
      "predict", fixture.run("egt"), "\(fixture.data)/ant/00.png", scratch(name),
      "\(fixture.data)/bee/00.png", "--threads", "1")
    #expect(outcome.code == code)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("exitlens: ") && outcome.errors.contains(words))
    #expect(outcome.errors.contains(scratch(name)))
    #expect(outcome.output.split(separator: "\n").count == 2)
  }
}
