import Foundation
import Recordings
import TensorCore

/// The one pass over a recording's maps in which everything that needs them is computed.
///
/// The samples are cut into blocks of a fixed size. Each block is read, each of its maps is interpolated once, and
/// handed to every measure; blocks run on all cores and are joined in the order of the samples, sums block by block.
/// So a result does not depend on the number of threads, and memory does not grow with the number of samples but for
/// the numbers that are kept of each.
///
/// A new measure of maps has one place to go, by what it looks at:
/// - one map: a column of `ExitScan`, filled in `ExitScan.append(_:exit:)`;
/// - an exit's map and the final one: a column of `ExitConsistency`, filled in `ExitConsistency.append(_:exit:)`;
/// - both on the grid that all exits share: a `MapFunction` of the measure, and nothing here;
/// - all exits of a sample (exit × exit): a member of `Part`, filled in `Part.append(_: SampleMaps)`.
///
/// What needs the sum over all samples first (the permutation nulls) comes in a second pass: `PermutationNull`.
package struct RecordingScan: Sendable {
  package var exits: [ExitScan]
  var pairs: ExitPairs

  /// Blocks whose results wait to be joined: enough to keep all cores busy, few in memory.
  private static let wave = max(16, 2 * ProcessInfo.processInfo.activeProcessorCount)

  /// What one pass over some samples gives.
  private struct Part: Sendable {
    /// Per exit.
    var exits: [ExitScan]
    /// Per early exit.
    var sums: [NullSums]
    var rankSums: [RankSums]
    var pairs: ExitPairs

    init(_ manifest: RecordingManifest, _ functions: [MapFunction]) {
      let final = manifest.exits.count - 1
      exits = (0...final).map { ExitScan(isFinal: $0 == final, functions: functions) }
      sums = manifest.exits.dropLast().map {
        NullSums(grid: $0.grid, final: manifest.exits[final].grid)
      }
      rankSums = manifest.exits.dropLast().map {
        RankSums(cells: MapComparison.grid($0.grid, manifest.exits[final].grid).count)
      }
      pairs = ExitPairs(manifest)
    }

    mutating func reserveCapacity(_ count: Int) {
      for exit in exits.indices { exits[exit].reserveCapacity(count) }
      pairs.reserveCapacity(count)
    }

    mutating func append(_ maps: SampleMaps) {
      for exit in exits.indices { exits[exit].append(maps, exit: exit) }
      for exit in sums.indices {
        sums[exit].add(maps, exit, maps.finalExit)
        rankSums[exit].add(maps.comparisons[exit])
      }
      pairs.append(maps)
    }

    mutating func append(_ next: Part) {
      for exit in exits.indices { exits[exit].append(next.exits[exit]) }
      for exit in sums.indices {
        sums[exit].add(next.sums[exit])
        rankSums[exit].add(next.rankSums[exit])
      }
      pairs.append(next.pairs)
    }
  }

  /// - Parameters:
  ///   - sharedGrid: the resolution at which all exits are compared; see `SharedGridMaps`.
  ///   - functions: what is computed of two maps there; their nulls come from the seed.
  package init(
    _ recording: Recording, sharedGrid: GridSize?, functions: [MapFunction], seed: UInt64
  ) throws(RecordingFault) {
    let manifest = recording.manifest
    var whole = Part(manifest, functions)
    whole.reserveCapacity(recording.sampleCount)
    let final = manifest.exits[manifest.exits.count - 1].grid
    let ceilings = manifest.exits.dropLast().map {
      GridCeiling(grid: $0.grid, final: final, input: manifest.input)
    }
    try Self.forEachBlock(of: recording) { block in
      let maps = SampleMaps(
        manifest, sharedGrid: sharedGrid, functions: functions, ceilings: ceilings)
      var part = Part(manifest, functions)
      for sample in block.samples {
        maps.load(sample, from: block)
        part.append(maps)
      }
      return part
    } join: {
      whole.append($0)
    }
    exits = whole.exits
    pairs = whole.pairs
    for exit in whole.rankSums.indices {
      exits[exit].consistency!.spearmanNull = whole.rankSums[exit].null
    }
    try Self.addNulls(
      to: &exits, whole.sums.map { $0.vectors(input: manifest.input) },
      classes: try ClassSums.vectors(of: recording, exits), recording)
    try Self.addNulls(to: &exits, functions, sharedGrid, seed: seed, recording)
    for exit in exits.indices {
      exits[exit].answers = ExitAnswers(
        logits: recording.logits[exit], classCount: recording.classCount, labels: recording.labels)
    }
  }

  /// The second pass: every map against the sums over all.
  private static func addNulls(
    to exits: inout [ExitScan], _ vectors: [NullVectors], classes: [[NullVectors]?],
    _ recording: Recording
  ) throws(RecordingFault) {
    typealias Nulls = (cosine: PermutationNull, centred: PermutationNull)
    let scanned = exits
    let final = exits.count - 1
    for exit in 0..<final {
      exits[exit].consistency!.reserveNullCapacity(recording.sampleCount)
    }
    try forEachBlock(of: recording) { block in
      (0..<final).map { exit -> (all: Nulls, own: Nulls) in
        var all: Nulls = (PermutationNull(), PermutationNull())
        var own = all
        func append(_ sample: Int, _ vectors: NullVectors?, to nulls: inout Nulls) {
          scanned[exit].consistency!.appendNulls(
            of: sample, to: &nulls, vectors, map: block.map(sample, exit: exit),
            scale: scanned[exit].scales[sample], final: block.map(sample, exit: final),
            finalScale: scanned[final].scales[sample])
        }
        for sample in block.samples {
          append(sample, vectors[exit], to: &all)
          append(sample, classes[recording.labels[sample]]?[exit], to: &own)
        }
        return (all, own)
      }
    } join: { nulls in
      for exit in 0..<final {
        exits[exit].consistency!.cosineNull.append(nulls[exit].all.cosine)
        exits[exit].consistency!.centredNull.append(nulls[exit].all.centred)
        exits[exit].consistency!.classCosineNull.append(nulls[exit].own.cosine)
        exits[exit].consistency!.classCentredNull.append(nulls[exit].own.centred)
      }
    }
    for exit in exits.indices { exits[exit].scales = [] }
  }

  /// The same for functions of two maps, which have no sums.
  private static func addNulls(
    to exits: inout [ExitScan], _ functions: [MapFunction], _ grid: GridSize?, seed: UInt64,
    _ recording: Recording
  ) throws(RecordingFault) {
    guard
      let nulls = FunctionNulls(
        functions, grid: grid, sampleCount: recording.sampleCount, seed: seed)
    else { return }
    let scanned = exits
    try forEachBlock(of: recording) { block throws(RecordingFault) in
      try nulls.columns(of: block, recording, scanned)
    } join: { columns in
      for (exit, columns) in columns.enumerated() {
        for (function, column) in zip(functions, columns) {
          exits[exit].consistency!.append(nulls: column, of: function)
        }
      }
    }
  }

  /// Reads blocks and computes something of each, on all cores; joins what they give in order.
  private static func forEachBlock<Value: Sendable>(
    of recording: Recording, _ compute: @Sendable (SampleBlock) throws(RecordingFault) -> Value,
    join: (Value) -> Void
  ) throws(RecordingFault) {
    let ranges = SampleBlock.ranges(of: recording.sampleCount)
    for start in stride(from: 0, to: ranges.count, by: wave) {
      let part = ranges[start..<min(start + wave, ranges.count)]
      let results = ParallelLoop.map(part.count) { index in
        Result { () throws(RecordingFault) in
          let block = SampleBlock(recording.manifest, capacity: part[start + index].count)
          try block.read(part[start + index], of: recording)
          return try compute(block)
        }
      }
      for result in results { join(try result.get()) }
    }
  }
}
