import FileKit
import Foundation
import Testing

/// Sweeps that cannot be: one line each, and nothing trained.
@Suite struct BadSweepTests {
  private static let plan = #"{"formatVersion":1,"producer":"x","threads":1,"runs":[]}"#

  @Test(arguments: [
    BadInput(66, "sweep --out nosuch", "no such file or folder: nosuch"),
    BadInput(64, "sweep radar --lambdas 0,0 --out s", "'0,0'", "different numbers of at least 0"),
    BadInput(64, "sweep radar --lambdas -1 --out s", "'-1'", "at least 0"),
    BadInput(64, "sweep radar --seeds 1,1 --out s", "'1,1'", "different whole numbers"),
    BadInput(64, "sweep radar --variants nosuch --out s", "nosuch", "--variants"),
    BadInput(64, "sweep radar --jobs 0 --out s", "--jobs", "1 to 64"),
    BadInput(64, "sweep radar --plan --slurm --out s", "exclude one another"),
    BadInput(64, "sweep radar --latency --plan --out s", "--latency excludes --plan"),
    BadInput(64, "sweep radar --latency --threshold 2 --out s", "--threshold", "from 0 to 1"),
    BadInput(64, "sweep radar --epochs 0 --out s", "--epochs", "at least 1"),
    BadInput(66, "sweep nosuch --out s", "no such file or folder", "nosuch"),
    BadInput("a folder of other things", 73, ["mine", "a sweep"]) { scratch, fixture in
      try scratch.write("mine/holiday.jpg", "a photograph")
      return ["sweep", fixture.data, "--out", "mine"]
    },
    BadInput("a folder without a plan", 66, ["not a sweep", "plan.json"]) { scratch, _ in
      try Files.makeFolder(scratch("empty"))
      return ["sweep", "--out", "empty"]
    },
    BadInput("a plan that is no JSON", 65, ["unreadable plan", "s/plan.json"]) { scratch, _ in
      try scratch.write("s/plan.json", "{")
      return ["sweep", "--out", "s"]
    },
    BadInput(
      "a plan without runs", 65,
      ["wrong value in a sweep's plan", "runs: expected one run at least"]
    ) { scratch, _ in
      try scratch.write("s/plan.json", plan)
      return ["sweep", "--out", "s"]
    },
    BadInput("a report of what is no sweep", 66, ["not a sweep"]) { _, fixture in
      ["report", fixture.data, "--out", "report"]
    },
    BadInput(64, "report --lambda 0.3 --baseline a --egt b --out r", "sweep's folder"),
    BadInput(64, "report s --baseline a --out r", "do not go with a sweep's folder"),
    BadInput(64, "report s", "--out"),
  ]) func toldInOneLine(_ input: BadInput) throws { try input.check() }
}
