import FileKit
import Foundation
import Training

/// A sweep for other engines: one command a run, for GNU parallel and the like, or a job array for SLURM.
///
/// Each command stands alone: absolute paths, no shell state, and it does nothing where its run is done.
struct SweepScripts {
  let folder: SweepFolder
  let plan: SweepPlan
  /// Those still to do.
  let runs: [SweepPlan.Run]
  /// Options that each command repeats.
  let options: [String]

  /// Refuses a path that no line of a script can hold: what stood behind a line break would be a command of its own.
  /// - Parameter folder: the sweep's, as the user named it.
  static func check(_ folder: SweepFolder) throws {
    let words = [program, absolute(folder)]
    guard let word = words.first(where: CommandText.holdsControls) else { return }
    throw SweepFault.unprintable(path: word)
  }

  /// One command a line.
  var commands: [String] {
    runs.map { CommandText.text(base + ["--only", $0.name]) }
  }

  /// For `sbatch`: one task a run, with as many processors as it has threads.
  var slurm: String {
    let names = CommandText.text(runs.map(\.name))
    let command = CommandText.text(base)
    return """
      #!/bin/bash
      #SBATCH --job-name=exitlens-sweep
      #SBATCH --array=0-\(runs.count - 1)
      #SBATCH --ntasks=1
      #SBATCH --cpus-per-task=\(plan.threads)
      #SBATCH --output=exitlens-sweep-%a.log
      # One task a run of the sweep; the folder must be shared by the nodes. Afterwards:
      #   exitlens report \(CommandText.quoted(Self.absolute(folder))) --out REPORT
      runs=(\(names))
      exec \(command) --only "${runs[$SLURM_ARRAY_TASK_ID]}"
      """
  }

  private var base: [String] {
    [Self.program, "sweep", "--out", Self.absolute(folder)] + options
  }

  private static func absolute(_ folder: SweepFolder) -> String {
    Files.absolute(folder.path)
  }

  /// This program's own file.
  private static var program: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
  }
}
