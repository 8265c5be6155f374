import FileKit
import Network
import TensorCore

/// A run on disk: `run.json`, `weights.safetensors`, `history.csv`, `state.safetensors`.
///
/// Every file is written to a temporary name, synced and renamed, and stands in `MANIFEST.sha256`. `state.safetensors` is the only file that
/// resuming needs; `weights.safetensors` exists only once training has finished.
package struct RunFolder: Sendable {
  /// As the caller gave it; nothing need be there yet.
  package let path: String

  /// Touches no file.
  package init(_ path: String) { self.path = path }

  /// `run.json`, written before the first epoch.
  package var manifestPath: String { "\(path)/\(Self.manifestName)" }
  /// `weights.safetensors`, there only once training has finished.
  package var weightsPath: String { "\(path)/\(Self.weightsName)" }
  /// `state.safetensors`: weights, moments and history after the last completed epoch.
  package var statePath: String { "\(path)/\(Self.stateName)" }

  /// Whether a run has been started here.
  package var exists: Bool { Files.exists(manifestPath) }
  /// Whether training has finished.
  package var isFinished: Bool { Files.exists(weightsPath) }

  /// Reads and checks `run.json`. Throws where there is no folder, no run, another format version,
  /// or a value out of range.
  package func readManifest() throws(TrainingFault) -> RunManifest {
    guard Files.exists(path) else { throw .file(.missing(path: path)) }
    guard exists else { throw .notARun(folder: path) }
    let bytes: [UInt8]
    do { bytes = try Files.read(manifestPath) } catch { throw .file(error) }
    switch CanonicalJSON.formatVersion(of: bytes) {
    case .failure(let problem):
      throw .unreadableManifest(path: manifestPath, reason: problem.sentence)
    case .success(let version) where version != RunManifest.currentFormatVersion:
      throw .otherVersion(path: manifestPath, got: "\(version)")
    case .success: break
    }
    switch CanonicalJSON.decode(RunManifest.self, from: bytes) {
    case .failure(let problem):
      throw .unreadableManifest(path: manifestPath, reason: problem.sentence)
    case .success(let manifest):
      do throws(ValueProblem) { try manifest.validate() } catch {
        throw .wrongValue(path: manifestPath, problem: error)
      }
      return manifest
    }
  }

  func write(_ manifest: RunManifest) throws(TrainingFault) {
    do {
      try files.write(.bytes(CanonicalJSON.encode(manifest)), to: Self.manifestName)
    } catch { throw .file(error) }
  }

  func write(_ history: TrainingHistory, exits: Int) throws(TrainingFault) {
    try wrapping(TrainingFault.file) { () throws(FileFault) in
      try files.write(history.csv(exits: exits), to: Self.historyName)
    }
  }

  func writeWeights(of network: EarlyExitNetwork) throws(TrainingFault) {
    var writer = SafetensorsWriter(metadata: ["format": "pt", "producer": Release.producer])
    for tensor in network.tensors { writer.add(tensor.name, tensor.values, shape: tensor.shape) }
    try wrapping(TrainingFault.file) { () throws(FileFault) in
      try writer.write(to: files, as: Self.weightsName)
      try files.settle()
    }
  }

  /// The trained network.
  package func readNetwork(_ manifest: RunManifest) throws(TrainingFault) -> EarlyExitNetwork {
    guard isFinished else {
      let done = try readState(of: manifest)?.history.rows.count ?? 0
      throw .unfinished(folder: path, epochsDone: done, epochs: manifest.configuration.epochs)
    }
    do {
      let reader = try SafetensorsReader(path: weightsPath)
      // The file holds what it says it holds: only then is memory taken for what run.json says.
      let table = ParameterTable(manifest.network)
      try Self.check(
        table.parameters + table.buffers, prefix: "", in: reader, allowing: { _ in false })
      let network = EarlyExitNetwork(manifest.network, seed: 0)
      try Self.load(table.parameters + table.buffers, prefix: "", from: reader) {
        network.load($1, named: $0.name)
      }
      return network
    } catch let fault as SafetensorsFault {
      throw .safetensors(fault)
    } catch let fault as TrainingFault {
      throw fault
    } catch {
      throw .tensors(path: weightsPath, problem: "\(error)")
    }
  }

  /// Refuses a file with a missing, mis-shaped or surplus tensor, but for PyTorch's counters of batches.
  static func check(
    _ entries: [ParameterTable.Entry], prefix: String, in reader: SafetensorsReader,
    allowing isKnown: (String) -> Bool
  ) throws {
    let wanted = Set(entries.map { prefix + $0.name })
    if let surplus = reader.names.first(where: {
      !wanted.contains($0) && !isKnown($0) && !isBatchNormCounter($0, beside: wanted)
    }) {
      throw TrainingFault.surplusTensor(
        path: reader.path, name: surplus, hint: hint(surplus: surplus, beside: wanted))
    }
    for entry in entries {
      let name = prefix + entry.name
      let shape = try reader.tensor(named: name).shape
      guard shape == entry.shape else {
        throw SafetensorsFault.wrongShape(
          path: reader.path, tensor: name, expected: entry.shape, got: shape)
      }
    }
  }

  /// Reads every entry by name; a value that is not finite is an error, and so is a negative one where values are means
  /// of squares.
  static func load(
    _ entries: [ParameterTable.Entry], prefix: String, from reader: SafetensorsReader,
    _ take: (ParameterTable.Entry, [Float]) -> Void
  ) throws {
    for entry in entries {
      let name = prefix + entry.name
      let values = try reader.floats(named: name, shape: entry.shape)
      guard values.allSatisfy(\.isFinite) else {
        throw TrainingFault.tensors(
          path: reader.path, problem: "a value that is not finite in \(name)")
      }
      let areSquares = name.hasSuffix("running_var") || prefix == secondMoment
      if areSquares, let value = values.first(where: { $0 < 0 }) {
        throw TrainingFault.tensors(
          path: reader.path, problem: "\(value), which is below 0, in \(name)")
      }
      take(entry, values)
    }
  }
}

extension RunFolder {
  /// The history of a run, from its state; empty where there is none.
  package func readHistory() throws(TrainingFault) -> TrainingHistory {
    try readState(of: readManifest())?.history ?? TrainingHistory()
  }
}
