import FileKit
import Network
import TensorCore

/// Where training stands after an epoch: enough to go on with the same bytes.
struct RunState {
  var history: TrainingHistory
  /// Optimiser steps taken.
  var step: Int
  /// Tensors by name: the network's, and "first_moment." and "second_moment." of each parameter.
  let reader: SafetensorsReader
}

extension RunFolder {
  static let secondMoment = "second_moment."
  private static let moments = ["first_moment.", secondMoment]

  /// One file, so that weights, moments and history can never be of different epochs; and `history.csv` for people.
  func writeState(
    _ network: EarlyExitNetwork, _ adam: Adam, _ history: TrainingHistory
  ) throws(TrainingFault) {
    let exits = network.configuration.exitCount
    var writer = SafetensorsWriter(metadata: [
      "history": String(decoding: CanonicalJSON.encode(history), as: UTF8.self),
      "producer": Release.producer, "step": "\(adam.step)",
    ])
    for tensor in network.tensors { writer.add(tensor.name, tensor.values, shape: tensor.shape) }
    for (prefix, arena) in zip(Self.moments, [adam.firstMoment, adam.secondMoment]) {
      for entry in network.table.parameters {
        writer.add(prefix + entry.name, entry.export(from: arena), shape: entry.shape)
      }
    }
    try wrapping(TrainingFault.file) { () throws(FileFault) in
      try writer.write(
        to: files, as: Self.stateName,
        with: [(Self.historyName, .bytes(Array(history.csv(exits: exits).utf8)))])
    }
  }

  /// The last completed epoch, or nil where none was.
  /// - Parameter manifest: of the run.
  func readState(of manifest: RunManifest) throws(TrainingFault) -> RunState? {
    guard Files.exists(statePath) else { return nil }
    let reader: SafetensorsReader
    do { reader = try SafetensorsReader(path: statePath) } catch { throw .safetensors(error) }
    guard let step = reader.metadata["step"].flatMap({ Int($0) }),
      let text = reader.metadata["history"]
    else { throw .tensors(path: statePath, problem: "no history in its metadata") }
    switch CanonicalJSON.decode(TrainingHistory.self, from: Array(text.utf8)) {
    case .failure(let problem):
      throw .tensors(path: statePath, problem: "a history in which \(problem.sentence)")
    case .success(let history):
      do throws(ValueProblem) {
        try history.validate(of: manifest)
        // Adam's bias correction counts them: another number would give other weights.
        try ValueCheck.same(
          "step", step, as: history.rows.count * manifest.stepsPerEpoch, "the history")
      } catch {
        throw .wrongValue(path: statePath, problem: error)
      }
      return RunState(history: history, step: step, reader: reader)
    }
  }

  /// Puts the network and the optimiser where the state left them.
  func restore(
    _ state: RunState, into network: EarlyExitNetwork
  ) throws(TrainingFault) -> Adam {
    let table = network.table
    let adam = Adam(table.parameterLayout, step: state.step)
    let isMoment = { (name: String) in Self.moments.contains { name.hasPrefix($0) } }
    do {
      let all = table.parameters + table.buffers
      try Self.check(all, prefix: "", in: state.reader, allowing: isMoment)
      try Self.load(all, prefix: "", from: state.reader) { network.load($1, named: $0.name) }
      for (prefix, arena) in zip(Self.moments, [adam.firstMoment, adam.secondMoment]) {
        try Self.check(
          table.parameters, prefix: prefix, in: state.reader,
          allowing: { !$0.hasPrefix(prefix) })
        try Self.load(table.parameters, prefix: prefix, from: state.reader) {
          $0.load($1, into: arena)
        }
      }
    } catch let fault as SafetensorsFault {
      throw .safetensors(fault)
    } catch let fault as TrainingFault {
      throw fault
    } catch {
      throw .tensors(path: statePath, problem: "\(error)")
    }
    return adam
  }
}
