import FileKit
import TensorCore

/// Where the faithfulness of maps stands in a recording's tensor file.
///
/// `faithfulness.samples` and any of four parts, each with the tensors of every exit: masking (fractions, deletion,
/// insertion, random-deletion, random-insertion), ROAD (road-fractions, road-most, road-least and their predictions),
/// randomized, gradcam.
struct FaithfulnessTensors {
  private typealias Names = RecordingLayout.Faithfulness
  private typealias ByExit = Names.ByExit

  private static let masking: [ByExit] = [.deletion, .insertion, .randomDeletion, .randomInsertion]
  private static let road: [ByExit] = [
    .roadMost, .roadLeast, .roadMostPredictions, .roadLeastPredictions,
  ]

  /// Every name that may be there.
  static func names(exitCount: Int) -> [String] {
    [Names.samples, Names.fractions, Names.roadFractions]
      + ByExit.allCases.flatMap { kind in (1...max(exitCount, 1)).map { kind.name($0) } }
  }

  let folder: String
  let manifest: RecordingManifest
  let file: SafetensorsReader

  private var exits: ClosedRange<Int> { 1...manifest.exits.count }

  /// nil where the file has none of the tensors.
  func read() throws(RecordingFault) -> RecordedFaithfulness? {
    guard file.names.contains(where: { $0.hasPrefix(Names.prefix) }) else { return nil }
    let samples = try integers(Names.samples, shape: nil)
    var result = RecordedFaithfulness(samples: samples)
    result.masking = try masking(samples.count)
    result.road = try road(samples.count)
    result.randomized = try randomized(samples.count)
    if has([.gradCAM]) {
      var maps: [[Float]] = []
      for exit in exits {
        let grid = manifest.exits[exit - 1].grid
        maps.append(
          try floats(ByExit.gradCAM.name(exit), shape: [samples.count, grid.height, grid.width]))
      }
      result.gradCAM = maps
    }
    return result
  }

  private func masking(_ count: Int) throws(RecordingFault) -> RecordedFaithfulness.Masking? {
    guard has(Self.masking) || file.tensors[Names.fractions] != nil else { return nil }
    let fractions = try floats(Names.fractions, shape: nil)
    var curves: [RecordedFaithfulness.Masking.Curves] = []
    for exit in exits {
      let shape = [count, fractions.count]
      curves.append(
        .init(
          deletion: try floats(ByExit.deletion.name(exit), shape: shape),
          insertion: try floats(ByExit.insertion.name(exit), shape: shape),
          randomDeletion: try floats(ByExit.randomDeletion.name(exit), shape: shape),
          randomInsertion: try floats(ByExit.randomInsertion.name(exit), shape: shape)))
    }
    return .init(fractions: fractions, exits: curves)
  }

  private func road(_ count: Int) throws(RecordingFault) -> RecordedFaithfulness.Road? {
    guard has(Self.road) || file.tensors[Names.roadFractions] != nil else { return nil }
    let fractions = try floats(Names.roadFractions, shape: nil)
    var removals: [RecordedFaithfulness.Road.Removals] = []
    for exit in exits {
      let shape = [count, fractions.count]
      removals.append(
        .init(
          mostRelevantFirst: .init(
            probabilities: try floats(ByExit.roadMost.name(exit), shape: shape),
            predictions: try integers(ByExit.roadMostPredictions.name(exit), shape: shape)),
          leastRelevantFirst: .init(
            probabilities: try floats(ByExit.roadLeast.name(exit), shape: shape),
            predictions: try integers(ByExit.roadLeastPredictions.name(exit), shape: shape))))
    }
    return .init(fractions: fractions, exits: removals)
  }

  private func randomized(_ count: Int) throws(RecordingFault) -> RecordedFaithfulness.Randomized? {
    guard has([.randomized]) else { return nil }
    var draws: Int?
    var maps: [RecordedFaithfulness.Randomized.Maps] = []
    for exit in exits {
      let name = ByExit.randomized.name(exit)
      let grid = manifest.exits[exit - 1].grid
      let shape = try read { () throws(SafetensorsFault) in try file.tensor(named: name) }.shape
      guard shape.count == 5, shape[0] >= 1, shape[1] >= 1, draws == nil || shape[0] == draws,
        Array(shape[2...]) == [count, grid.height, grid.width]
      else {
        throw .wrongTensor(
          path: folder, name: name,
          expected: "[\(draws.map { "\($0)" } ?? "draws"), stages, \(count), \(grid.height), "
            + "\(grid.width)]", got: "\(shape)")
      }
      draws = shape[0]
      maps.append(.init(stages: shape[1], values: try floats(name, shape: shape)))
    }
    return .init(draws: draws!, exits: maps)
  }

  /// Whether some exit has one of the tensors.
  private func has(_ kinds: [ByExit]) -> Bool {
    kinds.contains { kind in exits.contains { file.tensors[kind.name($0)] != nil } }
  }

  private func floats(_ name: String, shape: [Int]?) throws(RecordingFault) -> [Float] {
    try check(name, shape)
    return try read { () throws(SafetensorsFault) in try file.floats(named: name) }
  }

  private func integers(_ name: String, shape: [Int]?) throws(RecordingFault) -> [Int] {
    try check(name, shape)
    return try read { () throws(SafetensorsFault) in try file.int64s(named: name) }.map { Int($0) }
  }

  /// - Parameter shape: nil for a list of any length.
  private func check(_ name: String, _ shape: [Int]?) throws(RecordingFault) {
    let tensor = try read { () throws(SafetensorsFault) in try file.tensor(named: name) }
    guard shape.map({ $0 == tensor.shape }) ?? (tensor.shape.count == 1) else {
      throw .wrongTensor(
        path: folder, name: name, expected: shape.map { "\($0)" } ?? "one axis",
        got: "\(tensor.shape)")
    }
  }

  private func read<Value>(
    _ body: () throws(SafetensorsFault) -> Value
  ) throws(RecordingFault) -> Value {
    return try wrapping(RecordingFault.safetensors) { () throws(SafetensorsFault) in try body() }
  }
}

extension RecordedFaithfulness {
  func add(to writer: inout SafetensorsWriter, manifest: RecordingManifest) {
    typealias Names = RecordingLayout.Faithfulness
    typealias ByExit = Names.ByExit
    let count = samples.count
    writer.add(Names.samples, samples.map { Int64($0) }, shape: [count])
    if let masking {
      let shape = [count, masking.fractions.count]
      writer.add(Names.fractions, masking.fractions, shape: [masking.fractions.count])
      for (index, curves) in masking.exits.enumerated() {
        writer.add(ByExit.deletion.name(index + 1), curves.deletion, shape: shape)
        writer.add(ByExit.insertion.name(index + 1), curves.insertion, shape: shape)
        writer.add(ByExit.randomDeletion.name(index + 1), curves.randomDeletion, shape: shape)
        writer.add(ByExit.randomInsertion.name(index + 1), curves.randomInsertion, shape: shape)
      }
    }
    if let road {
      let shape = [count, road.fractions.count]
      writer.add(Names.roadFractions, road.fractions, shape: [road.fractions.count])
      for (index, removals) in road.exits.enumerated() {
        let (most, least) = (removals.mostRelevantFirst, removals.leastRelevantFirst)
        writer.add(ByExit.roadMost.name(index + 1), most.probabilities, shape: shape)
        writer.add(ByExit.roadLeast.name(index + 1), least.probabilities, shape: shape)
        writer.add(
          ByExit.roadMostPredictions.name(index + 1), most.predictions.map { Int64($0) },
          shape: shape)
        writer.add(
          ByExit.roadLeastPredictions.name(index + 1), least.predictions.map { Int64($0) },
          shape: shape)
      }
    }
    for (index, exit) in manifest.exits.enumerated() {
      let maps = [count, exit.grid.height, exit.grid.width]
      if let randomized {
        writer.add(
          ByExit.randomized.name(index + 1), randomized.exits[index].values,
          shape: [randomized.draws, randomized.exits[index].stages] + maps)
      }
      if let gradCAM { writer.add(ByExit.gradCAM.name(index + 1), gradCAM[index], shape: maps) }
    }
  }
}
