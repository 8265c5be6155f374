import FileKit
import Foundation
import Recordings
import TensorCore
import Testing

/// Every hint of every error about a recording, followed to the letter: it leads to a recording, and to the right one.
@Suite struct HintTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// The end of the error's line, or words in it.
    var hint: String
    /// Makes the mistake.
    var spoil: @Sendable (inout Draft) throws -> Void
    /// Does what the hint says, and nothing else.
    var follow: @Sendable (inout Draft) throws -> Void
    /// What `follow` leaves out of the recording; the rest is as it was.
    var omits: @Sendable (inout Recording) -> Void = { _ in }
  }

  static let tensors: [Row] = [
    Row(
      testDescription: "labels in a column", hint: "labels.reshape(-1)",
      spoil: { $0["labels"].shape = [3, 1] }, follow: { $0["labels"].reshape([3]) }),
    Row(
      testDescription: "labels in a row", hint: "labels.reshape(-1)",
      spoil: { $0["labels"].shape = [1, 3] }, follow: { $0["labels"].reshape([3]) }),
    Row(
      testDescription: "one-hot labels", hint: "labels.argmax(1)",
      spoil: { $0["labels"] = .integers([1, 0, 0, 1, 0, 1], [3, 2]) },
      follow: { $0["labels"].argmax() }),
    Row(
      testDescription: "labels as floats", hint: ".long()",
      spoil: { $0["labels"] = .floats([0, 1, 1], [3]) }, follow: { $0["labels"].kind = .integers }),
    Row(
      testDescription: "labels as fractions",
      hint: "give the class indices, whole numbers from 0; these are fractions",
      spoil: { $0["labels"] = .floats([0, 0.1, 0.1], [3]) },
      follow: { $0["labels"] = .integers([0, 1, 1], [3]) }),
    Row(
      testDescription: "labels of several classes", hint: "these rows are not one-hot",
      spoil: { $0["labels"] = .integers([1, 1, 0, 1, 0, 1], [3, 2]) },
      follow: { $0["labels"] = .integers([0, 1, 1], [3]) }),
    Row(
      testDescription: "answers as labels", hint: "these rows are not one-hot",
      spoil: { $0["labels"] = .floats([0.9, 0.1, 0.2, 0.8, 0.3, 0.7], [3, 2]) },
      follow: { $0["labels"] = .integers([0, 1, 1], [3]) }),
    Row(
      testDescription: "labels from 1", hint: "labels count from 0",
      spoil: { $0["labels"] = .integers([1, 2, 2], [3]) },
      follow: { $0["labels"].change { $0 - 1 } }),
    Row(
      testDescription: "validation labels in a column", hint: "labels.reshape(-1)",
      spoil: { $0["validation.labels"].shape = [2, 1] },
      follow: { $0["validation.labels"].reshape([2]) }),
    Row(
      testDescription: "a channel axis", hint: "attention.squeeze(1)",
      spoil: { $0["attention.1"].shape = [3, 1, 2, 2] },
      follow: { $0["attention.1"].reshape([3, 2, 2]) }),
    Row(
      testDescription: "whole numbers as logits", hint: ".float()",
      spoil: { $0["logits.1"].kind = .integers }, follow: { $0["logits.1"].kind = .floats }),
    Row(
      testDescription: "exits from 0",
      hint: "exits count from 1: add 1 to the number of every tensor",
      spoil: { draft in
        for family in ["logits.", "attention."] {
          draft.rename("\(family)1", "\(family)0")
          draft.rename("\(family)2", "\(family)1")
        }
      },
      follow: { draft in
        for family in ["logits.", "attention."] {
          draft.rename("\(family)1", "\(family)2")
          draft.rename("\(family)0", "\(family)1")
        }
      }),
    Row(
      testDescription: "an exit too many", hint: "or leave out the tensors of exit 3",
      spoil: { $0["logits.3"] = $0["logits.2"] }, follow: { $0.tensors["logits.3"] = nil }),
    Row(
      testDescription: "another tensor", hint: "leave it out",
      spoil: { $0["embedding"] = .floats([1, 2, 3], [3]) },
      follow: { $0.tensors["embedding"] = nil }),
    Row(
      testDescription: "channels first", hint: "images.permute(0, 2, 3, 1)",
      spoil: { $0["images"].permute([3, 4, 4, 3], [0, 3, 1, 2]) },
      follow: { $0["images"].permute([3, 3, 4, 4], [0, 2, 3, 1]) }),
    Row(
      testDescription: "images in 0…1", hint: "convert: (images * 255).round().byte()",
      spoil: {
        $0["images"].kind = .floats
        $0["images"].change { $0 / 255 }
      },
      follow: {
        $0["images"].change { ($0 * 255).rounded() }
        $0["images"].kind = .bytes
      }),
    Row(
      testDescription: "images in 0…255 as floats", hint: "convert: images.round().byte()",
      spoil: { $0["images"].kind = .floats },
      follow: {
        $0["images"].change { $0.rounded() }
        $0["images"].kind = .bytes
      }),
    Row(
      testDescription: "images in 0…255 as whole numbers", hint: "convert: images.byte()",
      spoil: { $0["images"].kind = .integers }, follow: { $0["images"].kind = .bytes }),
    Row(
      testDescription: "images of sixteen bits",
      hint: "to 0…255 first, and then convert to U8",
      spoil: {
        $0["images"].kind = .integers
        $0["images"].change { $0 * 257 }
      },
      follow: {
        $0["images"].change { $0 / 257 }
        $0["images"].kind = .bytes
      }),
    Row(
      testDescription: "normalised images", hint: "images * std + mean, until values lie in 0…1",
      spoil: {
        $0["images"].kind = .floats
        $0["images"].change { ($0 / 255 - 0.5) / 0.25 }
      },
      follow: {
        $0["images"].change { (($0 * 0.25 + 0.5) * 255).rounded() }
        $0["images"].kind = .bytes
      }),
    Row(
      testDescription: "grey images without the axis of channels", hint: "images.unsqueeze(-1)",
      spoil: {
        $0.json["channels"] = 1
        $0["images"] = .bytes((0..<48).map(Double.init), [3, 4, 4])
      }, follow: { $0["images"].reshape([3, 4, 4, 1]) },
      omits: {
        $0.manifest.channels = 1
        $0.images = ImageTensor((0..<48).map { UInt8($0) })
      }),
    Row(
      testDescription: "a negative Grad-CAM", hint: "record the map after the ReLU",
      spoil: {
        $0["faithfulness.samples"] = .integers([0], [1])
        $0["faithfulness.gradcam.1"] = .floats([1, -2, 0, 3], [1, 2, 2])
        $0["faithfulness.gradcam.2"] = .floats([1, 0], [1, 1, 2])
      }, follow: { $0["faithfulness.gradcam.1"].change { max(0, $0) } },
      omits: { $0.faithfulness = .init(samples: [0], gradCAM: [[1, 0, 0, 3], [1, 0]]) }),
  ]

  static let descriptions: [Row] = [
    Row(
      testDescription: "the version in quotes",
      hint: "got the text \"1\"; write \"formatVersion\": 1, a number without quotes",
      spoil: { $0.json["formatVersion"] = "1" }, follow: { $0.json["formatVersion"] = 1 }),
    Row(
      testDescription: "no version", hint: "got none; add \"formatVersion\": 1",
      spoil: { $0.json["formatVersion"] = nil }, follow: { $0.json["formatVersion"] = 1 }),
    Row(
      testDescription: "an input of three",
      hint:
        "expected two whole numbers of at least 1, [height, width], got [4, 4, 3]; leave the channels out",
      spoil: { $0.json["input"] = [4, 4, 3] }, follow: { $0.json["input"] = [4, 4] }),
    Row(
      testDescription: "an input of 0",
      hint: "input: expected two whole numbers of at least 1, [height, width], got [0, 4]",
      spoil: { $0.json["input"] = [0, 4] }, follow: { $0.json["input"] = [4, 4] }),
    Row(
      testDescription: "an input with a fraction", hint: "got [4, 4.5]",
      spoil: { $0.json["input"] = [4, 4.5] }, follow: { $0.json["input"] = [4, 4] }),
    Row(
      testDescription: "a fraction for a count",
      hint: "a number with a fraction, or a too large one, where a whole number belongs",
      spoil: { try $0.exit(1) { $0["parameters"] = 5.5 } },
      follow: { try $0.exit(1) { $0["parameters"] = nil } },
      omits: { $0.manifest.exits[1].parameters = nil }),
    Row(
      testDescription: "a grid of one",
      hint: "exits[0].grid: expected two whole numbers of at least 1, [height, width]",
      spoil: { try $0.exit(0) { $0["grid"] = [2] } },
      follow: { try $0.exit(0) { $0["grid"] = [2, 2] } }),
    Row(
      testDescription: "a misspelt kind of map",
      hint: "expected one of softmax, sigmoid, got softmx; leave it out",
      spoil: { $0.json["attentionKind"] = "softmx" }, follow: { $0.json["attentionKind"] = nil },
      omits: { $0.manifest.attentionKind = nil }),
    Row(
      testDescription: "another kind of map as a kind of attention",
      hint: "leave it out for maps of another kind, and say in mapKind what they are",
      spoil: { $0.json["attentionKind"] = "Grad-CAM" },
      follow: {
        $0.json["attentionKind"] = nil
        $0.json["mapKind"] = "Grad-CAM"
      },
      omits: {
        $0.manifest.attentionKind = nil
        $0.manifest.mapKind = "Grad-CAM"
      }),
    Row(
      testDescription: "a sentence as a model's name", hint: "leave it out, or shorten it",
      spoil: { $0.json["name"] = String(repeating: "a model ", count: 8) },
      follow: { $0.json["name"] = "a model" }, omits: { $0.manifest.name = "a model" }),
    Row(
      testDescription: "a setting's key that is none", hint: "or a name of your own in name",
      spoil: {
        try $0.provenance { $0["settings"] = [["key": "momentum", "value": "0.9"]] }
      },
      follow: { try $0.provenance { $0["settings"] = [["name": "momentum", "value": "0.9"]] } },
      omits: { $0.manifest.provenance!.settings = [.init("momentum", "0.9")] }),
    Row(
      testDescription: "maps that are no softmax", hint: "leave attentionKind out",
      spoil: { $0["attention.2"].change { $0 * 2 } }, follow: { $0.json["attentionKind"] = nil },
      omits: {
        $0.manifest.attentionKind = nil
        $0.attention[1] = [1, 1, 2, 0, .nan, 2]
      }),
    Row(
      testDescription: "maps that are no sigmoid", hint: "or leave attentionKind out",
      spoil: {
        $0.json["attentionKind"] = "sigmoid"
        $0["attention.2"].change { $0 * 2 }
      }, follow: { $0.json["attentionKind"] = nil },
      omits: {
        $0.manifest.attentionKind = nil
        $0.attention[1] = [1, 1, 2, 0, .nan, 2]
      }),
    Row(
      testDescription: "an unknown key", hint: "only attentionKind, channels",
      spoil: { $0.json["model"] = "resnet" }, follow: { $0.json["model"] = nil }),
    Row(
      testDescription: "an unknown key of provenance",
      hint: "got provenance.optimizer; leave it out",
      spoil: { try $0.provenance { $0["optimizer"] = "SGD" } },
      follow: { try $0.provenance { $0["optimizer"] = nil } }),
    Row(
      testDescription: "an unknown key of an exit",
      hint: "expected only grid, macs, parameters, got exits[1].flops",
      spoil: { try $0.exit(1) { $0["flops"] = 5 } },
      follow: { try $0.exit(1) { $0["flops"] = nil } }),
    Row(
      testDescription: "MACs of one block alone", hint: "count from the input to the exit's answer",
      spoil: { try $0.exit(1) { $0["macs"] = 5e5 } },
      follow: { try $0.exit(1) { $0["macs"] = 2.5e6 } }),
    Row(
      testDescription: "exits in reverse order",
      hint: "list exits from the earliest to the final one",
      spoil: { $0.turnExitsAround() }, follow: { $0.turnExitsAround() }),
    Row(
      testDescription: "negative MACs", hint: "expected 0 (where it is unknown)",
      spoil: { try $0.exit(0) { $0["macs"] = -1 } }, follow: { try $0.exit(0) { $0["macs"] = 0 } },
      omits: { $0.manifest.exits[0].macs = 0 }),
    Row(
      testDescription: "parameters of one block alone", hint: "or leave it out",
      spoil: { try $0.exit(1) { $0["parameters"] = 5 } },
      follow: { try $0.exit(1) { $0["parameters"] = nil } },
      omits: { $0.manifest.exits[1].parameters = nil }),
    Row(
      testDescription: "images and paths", hint: "leave paths out",
      spoil: { $0.json["paths"] = ["a", "b", "c"] }, follow: { $0.json["paths"] = nil }),
    Row(
      testDescription: "no images", hint: "add one of them",
      spoil: { $0.tensors["images"] = nil },
      follow: { $0["images"] = Draft.whole()["images"] }),
    Row(
      testDescription: "paths from elsewhere", hint: "paths are relative to the recording's folder",
      spoil: {
        $0.tensors["images"] = nil
        $0.json["paths"] = ["tmp/0.png", "tmp/1.png", "tmp/2.png"]
        $0.files = ["0.png", "1.png", "2.png"]
      }, follow: { $0.json["paths"] = ["0.png", "1.png", "2.png"] },
      omits: {
        $0.images = nil
        $0.manifest.paths = ["0.png", "1.png", "2.png"]
      }),
  ]

  @Test(arguments: tensors + descriptions) func leadsToARightRecording(_ row: Row) throws {
    let folder = try TemporaryFolder()
    var draft = Draft.whole()
    try row.spoil(&draft)
    try draft.write(to: "\(folder.path)/a")
    let fault = #expect(throws: RecordingFault.self) {
      try RecordingReader.read("\(folder.path)/a")
    }
    let line = fault?.description ?? ""
    #expect(line.contains(row.hint), "\(line)")
    #expect(line.count < 600, "\(line)")
    try row.follow(&draft)
    try draft.write(to: "\(folder.path)/b")
    let read = try RecordingReader.read("\(folder.path)/b")
    var expected = sampleRecording()
    row.omits(&expected)
    #expect(read.labels == expected.labels && read.logits == expected.logits)
    #expect(comparable(read.manifest) == comparable(expected.manifest))
    // NaN in them: compared by their texts.
    for (maps, others) in zip(read.attention, expected.attention) {
      #expect("\(try maps.elements())" == "\(try others.elements())")
    }
    #expect(try read.images?.elements() == expected.images?.elements())
    #expect(read.validation == expected.validation)
    #expect(read.faithfulness == expected.faithfulness)
  }

  /// In every object of a whole description, a key that nobody knows is told with its place and with those that may be
  /// there.
  @Test func unknownKeysAreToldEverywhere() throws {
    let folder = try TemporaryFolder()
    let whole = Draft.whole()
    var places: [String] = []
    func collect(_ value: Any, _ place: String) {
      if let object = value as? [String: Any] {
        // Names of parts are the user's own.
        if !place.hasSuffix("counts") { places.append(place) }
        for key in object.keys.sorted() {
          collect(object[key]!, place.isEmpty ? key : "\(place).\(key)")
        }
      } else if let first = (value as? [Any])?.first {
        collect(first, "\(place)[0]")
      }
    }
    collect(whole.json, "")
    #expect(places.count >= 11, "\(places)")
    func adding(_ value: Any, _ place: String, at target: String) -> Any {
      if var object = value as? [String: Any] {
        if place == target { object["zzz"] = 1 }
        for (key, inner) in object where key != "zzz" {
          object[key] = adding(inner, place.isEmpty ? key : "\(place).\(key)", at: target)
        }
        return object
      }
      guard var list = value as? [Any], !list.isEmpty else { return value }
      list[0] = adding(list[0], "\(place)[0]", at: target)
      return list
    }
    for (index, place) in places.enumerated() {
      var draft = whole
      draft.json = try #require(adding(whole.json, "", at: place) as? [String: Any])
      try draft.write(to: "\(folder.path)/\(index)")
      let fault = #expect(throws: RecordingFault.self) {
        try RecordingReader.read("\(folder.path)/\(index)")
      }
      let key = place.isEmpty ? "zzz" : "\(place).zzz"
      let line = fault?.description ?? ""
      #expect(line.contains("expected only ") && line.contains("got \(key);"), "\(line)")
    }
  }

  /// The schema knows every key that the program writes.
  @Test func everyWrittenKeyIsKnown() throws {
    var recording = FaithfulnessRecordingTests.recording()
    recording.manifest.provenance!.environment = [.init("a", "b")]
    recording.manifest.provenance!.command = "c"
    recording.manifest.provenance!.stopGradient = true
    recording.manifest.provenance!.data!.name = "n"
    recording.manifest.provenance!.data!.hash = "h"
    recording.manifest.provenance!.data!.sameAsTraining = false
    recording.manifest.provenance!.data!.skipped = [.init("a", "b")]
    recording.manifest.provenance!.data!.duplicatesAcrossSplits = [["a", "b"]]
    recording.manifest.provenance!.data!.notes = [.init("a", "b")]
    // A field that this test does not fill would not be looked for.
    for whole in [recording.manifest.provenance! as Any, recording.manifest.provenance!.data!] {
      for child in Mirror(reflecting: whole).children {
        #expect(!"\(child.value)".hasPrefix("nil"), "\(child.label ?? "")")
      }
    }
    let folder = try TemporaryFolder()
    try RecordingWriter.write(recording, to: "\(folder.path)/a")
    let read = try RecordingReader.read("\(folder.path)/a")
    #expect(comparable(read.manifest) == comparable(recording.manifest))
  }

  /// Without the NaN of the sample's history, which is not equal to itself.
  private func comparable(_ manifest: RecordingManifest) -> RecordingManifest {
    var manifest = manifest
    manifest.provenance?.history?[0].loss = 0
    return manifest
  }
}

/// A recording as another program would write it: a description and arrays, to be got wrong and put right.
struct Draft {
  struct Array {
    enum Kind { case integers, floats, bytes }
    var kind: Kind
    var values: [Double]
    var shape: [Int]

    static func integers(_ values: [Double], _ shape: [Int]) -> Array {
      Array(kind: .integers, values: values, shape: shape)
    }
    static func floats(_ values: [Double], _ shape: [Int]) -> Array {
      Array(kind: .floats, values: values, shape: shape)
    }
    static func bytes(_ values: [Double], _ shape: [Int]) -> Array {
      Array(kind: .bytes, values: values, shape: shape)
    }

    mutating func change(_ body: (Double) -> Double) { values = values.map(body) }
    mutating func reshape(_ shape: [Int]) { self.shape = shape }

    /// Of the last of two axes.
    mutating func argmax() {
      let width = shape[1]
      values = stride(from: 0, to: values.count, by: width).map { start in
        let row = values[start..<start + width]
        return Double(row.firstIndex(of: row.max()!)! - start)
      }
      shape = [shape[0]]
    }

    /// Moves axes of an array of some shape; axis k of the result is axis `order[k]`.
    mutating func permute(_ shape: [Int], _ order: [Int]) {
      let strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
      let target = order.map { shape[$0] }
      values = (0..<values.count).map { place in
        var (rest, source) = (place, 0)
        for axis in target.indices.reversed() {
          source += rest % target[axis] * strides[order[axis]]
          rest /= target[axis]
        }
        return values[source]
      }
      self.shape = target
    }
  }

  var json: [String: Any]
  var tensors: [String: Array]
  /// Empty files in the folder.
  var files: [String] = []

  subscript(name: String) -> Array {
    get { tensors[name]! }
    set { tensors[name] = newValue }
  }

  mutating func rename(_ old: String, _ new: String) {
    tensors[new] = tensors.removeValue(forKey: old)
  }

  /// The final exit becomes the first.
  mutating func turnExitsAround() {
    for family in ["logits.", "attention.", "validation.logits."] {
      rename("\(family)1", "x")
      rename("\(family)2", "\(family)1")
      rename("x", "\(family)2")
    }
    json["exits"] = (json["exits"] as? [Any])?.reversed().map { $0 }
    guard var latency = json["latency"] as? [String: Any] else { return }
    latency["exits"] = (latency["exits"] as? [Any])?.reversed().map { $0 }
    json["latency"] = latency
  }

  mutating func exit(_ index: Int, _ change: (inout [String: Any]) -> Void) throws {
    var exits = try #require(json["exits"] as? [[String: Any]])
    change(&exits[index])
    json["exits"] = exits
  }

  mutating func provenance(_ change: (inout [String: Any]) -> Void) throws {
    var provenance = try #require(json["provenance"] as? [String: Any])
    change(&provenance)
    json["provenance"] = provenance
  }

  /// The sample recording.
  static func whole() -> Draft {
    let recording = sampleRecording()
    func floats(_ values: [Float], _ shape: [Int]) -> Array {
      .floats(values.map(Double.init), shape)
    }
    let folder = try! TemporaryFolder()
    try! RecordingWriter.write(recording, to: "\(folder.path)/a")
    let bytes = try! Files.read("\(folder.path)/a/recording.json")
    return Draft(
      json: try! JSONSerialization.jsonObject(with: Data(bytes)) as! [String: Any],
      tensors: [
        "labels": .integers(recording.labels.map(Double.init), [3]),
        "logits.1": floats(recording.logits[0], [3, 2]),
        "logits.2": floats(recording.logits[1], [3, 2]),
        "attention.1": floats(try! recording.attention[0].elements(), [3, 2, 2]),
        "attention.2": floats(try! recording.attention[1].elements(), [3, 1, 2]),
        "images": .bytes(try! recording.images!.elements().map(Double.init), [3, 4, 4, 3]),
        "validation.labels": .integers(recording.validation!.labels.map(Double.init), [2]),
        "validation.logits.1": floats(recording.validation!.logits[0], [2, 2]),
        "validation.logits.2": floats(recording.validation!.logits[1], [2, 2]),
      ])
  }

  func write(to folder: String) throws {
    try Files.makeFolder(folder)
    try Files.write(
      [UInt8](try JSONSerialization.data(withJSONObject: json)), to: "\(folder)/recording.json")
    for file in files { try Files.write("", to: "\(folder)/\(file)") }
    var writer = SafetensorsWriter()
    for (name, array) in tensors.sorted(by: { $0.key < $1.key }) {
      switch array.kind {
      case .integers:
        writer.add(name, array.values.map { Int64($0) }, shape: array.shape)
      case .floats: writer.add(name, array.values.map { Float($0) }, shape: array.shape)
      case .bytes: writer.add(name, array.values.map { UInt8($0) }, shape: array.shape)
      }
    }
    try writer.write(to: "\(folder)/recording.safetensors")
  }
}
