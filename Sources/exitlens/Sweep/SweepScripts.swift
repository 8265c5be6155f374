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

  /// One command a line.
  var commands: [String] {
    runs.map { (base + ["--only", $0.name]).map(CommandText.quoted).joined(separator: " ") }
  }

  /// For `sbatch`: one task a run, with as many processors as it has threads.
  var slurm: String {
    let names = runs.map { CommandText.quoted($0.name) }.joined(separator: " ")
    let command = base.map(CommandText.quoted).joined(separator: " ")
    return """
      #!/bin/bash
      #SBATCH --job-name=exitlens-sweep
      #SBATCH --array=0-\(runs.count - 1)
      #SBATCH --ntasks=1
      #SBATCH --cpus-per-task=\(plan.threads)
      #SBATCH --output=exitlens-sweep-%a.log
      # One task a run of the sweep; the folder must be shared by the nodes. Afterwards:
      #   exitlens report \(CommandText.quoted(absoluteFolder)) --out REPORT
      runs=(\(names))
      exec \(command) --only "${runs[$SLURM_ARRAY_TASK_ID]}"
      """
  }

  private var base: [String] { [Self.program, "sweep", "--out", absoluteFolder] + options }

  private var absoluteFolder: String { URL(fileURLWithPath: folder.path).standardizedFileURL.path }

  /// This program's own file.
  private static var program: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
  }
}
