import FileKit
import ImageCodec
import Network
import Recordings
import Rendering
import TensorCore

/// What `bench` works on and what comes out, for programs that do the same work: Benchmarks/peers.py.
///
/// A size S (64 or 32) has two files. `weights-S.safetensors` is a PyTorch state dictionary.
/// `check-S.safetensors` has `images` [32, H, W, c], `labels`, `logits.K` and `attention.K` of inference
/// with these weights (K from 1), and `losses`: the losses of three training steps from them.
///
/// `sheets.safetensors` has what an overlay sheet is drawn from and what comes out: `images` [16, 64, 64, 3],
/// `baseline.K` and `egt.K` [16, h, w], `colors` [256, 3], the `sheets` [16, height, width, 3], the tiles' `gutter`
/// and `sizes`, the bytes of each sheet's PNG file.
enum BenchDump {
  static let steps = 3

  static func write(to folder: String, _ architecture: Architecture, lanes: Lanes) throws {
    try Files.makeFolder(try OutputPlace(folder).path)
    let files = OwnedFiles(folder)
    for side in [64, 32] {
      let subject = BenchSubject(side: side, architecture: architecture)
      let metadata = ["format": "pt", "producer": Release.producer]
      var weights = SafetensorsWriter(metadata: metadata)
      for tensor in subject.network.tensors {
        weights.add(tensor.name, tensor.values, shape: tensor.shape)
      }
      try weights.write(to: files, as: "weights-\(side).safetensors")

      var check = SafetensorsWriter(metadata: metadata)
      let configuration = subject.network.configuration
      let count = BenchSubject.batch
      check.add(
        "images", subject.pixels,
        shape: [
          count, configuration.input.height, configuration.input.width, configuration.channels,
        ])
      check.add("labels", subject.labels.map(Int64.init), shape: [count])
      let pass = InferencePass(subject.network, capacity: count, lanes: lanes)
      pass.input.update(from: subject.pixels, count: subject.pixels.count)
      pass.run(count: count)
      for (exit, grid) in configuration.exitGrids.enumerated() {
        check.add(
          "logits.\(exit + 1)", Array(pass.logits(exit: exit, count: count)),
          shape: [count, configuration.classes])
        check.add(
          "attention.\(exit + 1)", Array(pass.attention(exit: exit, count: count)),
          shape: [count, grid.height, grid.width])
      }
      // Last, because training moves the weights.
      let training = BenchSteps(subject, lanes: lanes)
      check.add("losses", (0..<Self.steps).map { _ in training.step() }, shape: [Self.steps])
      try check.write(to: files, as: "check-\(side).safetensors")
    }
    try writeSheets(to: files)
    try files.settle()
  }

  private static func writeSheets(to files: OwnedFiles) throws {
    let (sheet, models) = try BenchOverlay.subject()
    let count = BenchOverlay.samples
    var writer = SafetensorsWriter(metadata: ["producer": Release.producer])
    for (name, recording) in models {
      for (exit, description) in recording.manifest.exits.enumerated() {
        writer.add(
          "\(name).\(exit + 1)", try recording.attention[exit].elements(),
          shape: [count, description.grid.height, description.grid.width])
      }
    }
    let manifest = models[0].recording.manifest
    writer.add(
      "images", try models[0].recording.images!.elements(),
      shape: [count, manifest.input.height, manifest.input.width, manifest.channels])
    writer.add(
      "colors", sheet.colorMap.colors.flatMap { [$0.red, $0.green, $0.blue] }, shape: [256, 3])
    let drawn = try (0..<count).map { try sheet.render(sample: $0).image }
    writer.add(
      "sheets", drawn.flatMap(\.pixels), shape: [count, sheet.layout.height, sheet.layout.width, 3])
    writer.add("gutter", [Int64(sheet.layout.gutter)], shape: [1])
    writer.add("sizes", drawn.map { Int64(PNGEncoder.encode($0).count) }, shape: [count])
    try writer.write(to: files, as: "sheets.safetensors")
  }
}
