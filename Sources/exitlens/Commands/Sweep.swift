import ArgumentParser
import CommandLineKit
import Datasets
import FileKit
import Foundation
import Training

struct Sweep: OutputCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train and record every λ with every seed; `report` then makes the paper's tables.",
    discussion: """
      OUT holds a plan, and a run and a recording for each λ, variant and seed. The same command, \
      repeated, goes on where it stopped, and tries again what failed. Several processes, on several \
      machines that share OUT, may work on it at once; each takes runs that no other has. Without DATA \
      the plan that is there goes on. Another command with the same OUT and data adds its runs.
      """)

  @Argument(
    help: "An image folder, a folder of IDX or CIFAR-10 files, a MedMNIST .npz, or radar[:SEED].")
  var data: String?
  @Option(help: "The sweep's folder.")
  var out: String
  @Option(
    parsing: .unconditional,
    help: .value(
      .weights, "Weights of the consistency term, with commas or spaces; 0 is the baseline."))
  var lambdas = WeightList([0, 0.1, 0.2, 0.3, 0.4, 0.5])
  @Option(
    parsing: .unconditional,
    help: .value(.seeds, "Training seeds, with commas or spaces; each trains one network a λ."))
  var seeds = SeedList([1, 2, 3])
  @Option(
    help: ArgumentHelp(
      "Forms of guided training, with commas or spaces: \(VariantList.names).",
      valueName: "variants"))
  var variants = VariantList([.paper])
  @Option(
    help: ArgumentHelp(
      "What a block is, with commas or spaces: \(ArchitectureList.names). Each has a baseline of its own.",
      valueName: "architectures"))
  var architectures = ArchitectureList([.plain])
  @Option(
    parsing: .unconditional,
    help: .value(.wholeNumber, "Runs at once, each on --threads (default: the cores shared out)."))
  var jobs = 1
  @Flag(help: "Print one command a run, for GNU parallel and the like; train nothing.")
  var plan = false
  @Flag(help: "Print a job array for SLURM's sbatch; train nothing.")
  var slurm = false
  @Option(help: ArgumentHelp("Do only this run of the plan.", valueName: "run"))
  var only: String?
  @Flag(
    help: ArgumentHelp(
      "Then, when all are done, measure how long single images take, one network at a time."))
  var latency = false
  @Option(
    parsing: .unconditional,
    help: .value(.fraction, "With --latency: the confidence at which the early stop stops, 0…1."))
  var threshold = 0.9
  @OptionGroup var training: TrainingOptions
  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup(title: "Faithfulness") var faithfulness: FaithfulnessArguments
  @OptionGroup(title: "Machine") var machine: MachineOptions
  @OptionGroup var output: OutputOptions

  var places: OutputPlaces {
    OutputPlaces(
      inputs: data.map(Self.data) ?? [], outputs: [OutputPlaces.Item("--out", out)])
  }

  var afterStopping: String { "the same command goes on with what was not finished" }

  func validate() throws {
    guard (1...64).contains(jobs) else {
      throw ValidationError("The value '\(jobs)' is invalid for '--jobs': expected 1 to 64")
    }
    try OptionValue.check(fraction: threshold, of: "--threshold")
    if latency, plan || slurm || only != nil {
      throw ValidationError(
        "--latency excludes --plan, --slurm and --only: it measures when no run is left to do")
    }
    if plan && slurm { throw ValidationError("--plan and --slurm exclude one another") }
  }

  func run() throws {
    let folder = SweepFolder(out)
    if self.plan || slurm { try SweepScripts.check(folder) }
    let plan = try data.map { try planned($0, folder) } ?? folder.readPlan()
    var runs = plan.runs
    if let only {
      runs = runs.filter { $0.name == only }
      guard !runs.isEmpty else {
        throw SweepFault.noSuchRun(
          name: only, folder: out, first: plan.runs[0].name, count: plan.runs.count)
      }
    }
    if self.plan || slurm {
      guard runs.contains(where: { !folder.isDone($0.name) }) else {
        // Standard output is for another engine, and has nothing for it.
        return Console.error(
          "nothing is left to do: \(runs.count) of \(runs.count) runs done: \(out)".singleLine)
      }
      let scripts = SweepScripts(
        folder: folder, plan: plan, runs: runs.filter { !folder.isDone($0.name) },
        options: faithfulness.repeated)
      if slurm { Console.answer(scripts.slurm) } else { scripts.commands.forEach(Console.answer) }
      return
    }
    let images = try SweepRunner(
      folder: folder, plan: plan, runs: runs, jobs: jobs, faithfulness: faithfulness.options
    ).run()
    if latency { try SweepTimer(folder: folder, plan: plan, threshold: threshold).run(on: images) }
  }

  /// The plan with the runs of this command.
  private func planned(_ data: String, _ folder: SweepFolder) throws -> SweepPlan {
    let base = training.configuration(
      source: try Self.anywhere(data), data: dataOptions, guidance: nil, seed: 0)
    try Job.check(base)
    let runs = SweepPlan.runs(
      of: base, lambdas: lambdas.values, variants: variants.values,
      architectures: architectures.values, seeds: seeds.values,
      command: CommandText.current(
        withoutFlags: ["--plan", "--slurm", "--latency", "--force"],
        options: ["--jobs", "--only", "--threshold"]))
    let cores = machine.lanes.count
    let usual = max(1, cores / (machine.threads == nil ? jobs : 1))
    func add() throws(SweepFault) -> SweepPlan {
      try folder.add(runs, threads: machine.threads, usual: usual)
    }
    do throws(SweepFault) {
      return try add()
    } catch {
      guard output.force, error.isSomethingInTheWay else { throw error }
    }
    Console.note(try MovedAside.move(try OutputPlace(out).path, given: out))
    return try add()
  }

  /// DATA as a command in another folder would have to name it; what is not there makes no plan.
  private static func anywhere(_ data: String) throws -> String {
    if DatasetLoader.isBuiltIn(data) { return data }
    guard Files.exists(data) else { throw DatasetFault.file(.missing(path: data)) }
    return Files.absolute(data)
  }
}
