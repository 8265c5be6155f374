import FileKit
import Network
import TensorCore

/// A run on disk: `run.json`, `weights.safetensors`, `history.csv`, `state.safetensors`.
///
/// Every file is written to a temporary name, synced and renamed, and stands in `MANIFEST.sha256`. `state.safetensors` is the only file that
/// resuming needs; `weights.safetensors` exists only once training has finished.
public struct RunFolder: Sendable {
  public let path: String

  public init(_ path: String) { self.path = path }

  public var manifestPath: String { "\(path)/\(Self.manifestName)" }
  public var weightsPath: String { "\(path)/\(Self.weightsName)" }
  public var historyPath: String { "\(path)/\(Self.historyName)" }
  public var statePath: String { "\(path)/\(Self.stateName)" }

  /// Whether a run has been started here.
  public var exists: Bool { Files.exists(manifestPath) }
  /// Whether training has finished.
  public var isFinished: Bool { Files.exists(weightsPath) }

  public func readManifest() throws(TrainingFault) -> RunManifest {
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
      if let problem = manifest.network.problem {
        throw .unreadableManifest(path: manifestPath, reason: problem)
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
    do throws(FileFault) {
      try files.write(history.csv(exits: exits), to: Self.historyName)
    } catch { throw .file(error) }
  }

  func writeWeights(of network: EarlyExitNetwork) throws(TrainingFault) {
    var writer = SafetensorsWriter(metadata: ["format": "pt", "producer": Release.producer])
    for tensor in network.tensors { writer.add(tensor.name, tensor.values, shape: tensor.shape) }
    do throws(FileFault) {
      try writer.write(to: files, as: Self.weightsName)
      try files.settle()
    } catch { throw .file(error) }
  }

  /// The trained network.
  public func readNetwork(_ manifest: RunManifest) throws(TrainingFault) -> EarlyExitNetwork {
    guard isFinished else {
      let done = try readState()?.history.rows.count ?? 0
      throw .unfinished(folder: path, epochsDone: done, epochs: manifest.configuration.epochs)
    }
    let network = EarlyExitNetwork(manifest.network, seed: 0)
    do {
      let reader = try SafetensorsReader(path: weightsPath)
      try Self.load(
        network.table.parameters + network.table.buffers, prefix: "", from: reader,
        allowing: { _ in false }
      ) { network.load($1, named: $0.name) }
    } catch let fault as SafetensorsFault {
      throw .safetensors(fault)
    } catch let fault as TrainingFault {
      throw fault
    } catch {
      throw .tensors(path: weightsPath, problem: "\(error)")
    }
    return network
  }

  /// Reads every entry by name; a missing, mis-shaped, non-finite or surplus tensor is an error.
  static func load(
    _ entries: [ParameterTable.Entry], prefix: String, from reader: SafetensorsReader,
    allowing isKnown: (String) -> Bool, _ take: (ParameterTable.Entry, [Float]) -> Void
  ) throws {
    let wanted = Set(entries.map { prefix + $0.name })
    if let surplus = reader.names.first(where: { !wanted.contains($0) && !isKnown($0) }) {
      throw TrainingFault.tensors(path: reader.path, problem: "a surplus tensor \(surplus)")
    }
    for entry in entries {
      let values = try reader.floats(named: prefix + entry.name, shape: entry.shape)
      guard values.allSatisfy(\.isFinite) else {
        throw TrainingFault.tensors(
          path: reader.path, problem: "a value that is not finite in \(prefix + entry.name)")
      }
      take(entry, values)
    }
  }
}

extension RunFolder {
  /// The history of a run, from its state; empty where there is none.
  public func readHistory() throws(TrainingFault) -> TrainingHistory {
    try readState()?.history ?? TrainingHistory()
  }
}
