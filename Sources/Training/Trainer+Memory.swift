import Network
import TensorCore

extension Trainer {
  /// Refuses a network that this machine has no memory to train, before hours are spent on what comes before it.
  ///
  /// What other programs take later, and what the data and a report take, is not known here.
  package func checkMemory() throws(TrainingFault) {
    guard let problem = MachineMemory.problem(taking: bytesNeeded) else { return }
    throw .tooLittleMemory(
      needed: bytesNeeded, problem: problem, batch: manifest.configuration.batchSize,
      input: "\(manifest.network.input)")
  }

  /// Bytes of the arenas that `train` makes.
  var bytesNeeded: Int {
    let network = EarlyExitNetwork.byteCounts(manifest.network)
    return network.buffers
      // Weights, and Adam's two moments of them.
      + 3 * network.parameters
      + TrainingPass.byteCount(
        manifest.network, loss: manifest.configuration.loss, capacity: largestBatch, lanes: lanes)
      + InferencePass.byteCount(manifest.network, capacity: Evaluator.batchSize, lanes: lanes)
  }

  /// Images in one step: a batch takes a single left-over image in, as a batch of one has no variance.
  var largestBatch: Int { min(manifest.configuration.batchSize, dataset.training.count) + 1 }
}
