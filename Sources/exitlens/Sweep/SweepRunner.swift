import CommandLineKit
import Datasets
import FileKit
import Foundation
import Recordings
import TensorCore
import Training

/// Trains and records the runs of a sweep: several at once, each on its own threads, the images in memory once.
struct SweepRunner: Sendable {
  let folder: SweepFolder
  let plan: SweepPlan
  /// Those of the plan to do.
  let runs: [SweepPlan.Run]
  /// Runs at once.
  let jobs: Int
  let faithfulness: FaithfulnessOptions?

  /// Works until every run is done, here or elsewhere, or has failed here.
  /// - Returns: The images, where there was something to do; they stay in memory for `SweepTimer`.
  func run() throws -> ImageDataset? {
    var images: ImageDataset?
    let queue = SweepQueue(folder, runs: runs)
    let progress = SweepProgress(folder, runs: runs)
    if runs.contains(where: { !folder.isDone($0.name) }) {
      let dataset = try load()
      images = dataset
      let workers = min(jobs, runs.count)
      WorkerThread.together(workers, stackSize: 8 << 20) { started in
        guard started < workers else { return }
        Console.line(
          "note: \(started) of \(workers) runs at once, as the system starts no more threads")
      } _: {
        work(queue, progress, dataset)
      }
      if let error = queue.stopped { throw error }
    }
    Console.status("")
    let failed = queue.failed
    // A disk that is full is worth more than the first reason: scripts look for its code.
    if let first = failed.first(where: { $0.diagnosis.code == .cannotWrite }) ?? failed.first {
      throw SweepFault.failed(
        code: first.diagnosis.code == .cannotWrite ? .cannotWrite : .failed, folder: folder.path,
        count: failed.count, of: runs.count, first: first.name, reason: first.diagnosis.line)
    }
    Console.line("sweep: \(runs.count) of \(runs.count) runs done: \(folder.path)".singleLine)
    return images
  }

  private func load() throws -> ImageDataset {
    let configuration = plan.runs[0].configuration
    try Job.check(configuration)
    let dataset = try Job(lanes: Lanes(plan.threads), command: "").load(configuration)
    // A run checks its own data when it goes on; those that are done ask nobody.
    for run in plan.runs where folder.isDone(run.name) {
      let hash = try folder.run(run.name).readManifest().data.hash
      guard hash == dataset.summary.hash else {
        throw SweepFault.otherSweep(
          folder: folder.path, difference: "other images than \(run.name) was trained on")
      }
    }
    return dataset
  }

  private func work(_ queue: SweepQueue, _ progress: SweepProgress, _ dataset: ImageDataset) {
    do {
      while let taken = try queue.next() {
        var failure: Diagnosis?
        do {
          try train(taken.run, dataset, progress)
        } catch {
          failure =
            (error as? any Fault)?.diagnosis ?? Diagnosis(.failed, "\(error)", at: taken.run.name)
        }
        queue.finish(taken, failure: failure)
        progress.end(taken.run, failure: failure?.line)
      }
    } catch {
      queue.stop(error)
    }
  }

  private func train(
    _ run: SweepPlan.Run, _ dataset: ImageDataset, _ progress: SweepProgress
  ) throws {
    let job = Job(lanes: Lanes(plan.threads), command: run.command)
    try Job.check(run.configuration)
    let place = folder.run(run.name)
    let trainer = try job.trainer(run.configuration, on: dataset, folder: place)
    let network = try trainer.train(resume: true) {
      progress.handle($0, of: run, images: dataset.training.count)
    }
    let recording = try job.record(
      network, folder: place, dataset: dataset, faithfulness: faithfulness)
    try RecordingWriter.write(recording, to: folder.recording(run.name))
  }
}
