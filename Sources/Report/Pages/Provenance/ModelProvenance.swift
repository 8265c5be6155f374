import Analysis
import Recordings

/// One model's part of the provenance page: one column a training run.
enum ModelProvenance {
  private static let notProvided = "not provided"

  static func fields(_ model: Int, _ context: ReportContext) -> Fields {
    let recordings = context.recordings[model]
    let provenances = recordings.map(\.manifest.provenance)
    return context.head(model).merging([
      "runs": .list(
        provenances.indices.map { ["label": .text("Run \($0 + 1)")] }),
      "rows": .list(
        fixedRows(recordings)
          + rows(provenances.map { $0?.settings ?? [] }, \.name, \.label, \.value)
          + rows(provenances.map { $0?.environment ?? [] }, \.name, \.name, \.value)),
      "hasCommands": .flag(provenances.contains { $0?.command != nil }),
      "commands": .list(
        provenances.enumerated().compactMap { index, provenance in
          provenance?.command.map {
            ["label": .text("Run \(index + 1)"), "command": .text(DisplayText.text($0))]
          }
        }),
    ])
  }

  private static func fixedRows(_ recordings: [Recording]) -> [Fields] {
    func row(_ name: String, _ value: (Recording) -> String?) -> Fields {
      ["name": .text(name), "values": .list(recordings.map { cell(value($0)) })]
    }
    let named =
      recordings.contains { $0.manifest.name != nil } ? [row("Name") { $0.manifest.name }] : []
    return named + [
      row("Producer") { $0.manifest.provenance?.producer },
      row("Seed") { $0.manifest.provenance?.seed.map { String($0) } },
      row("λ") { $0.manifest.provenance?.lambda.flatMap { NumberFormat.exact($0) } },
      row("Stop-gradient on the target map") {
        $0.manifest.provenance?.stopGradient.map { $0 ? "yes" : "no" }
      },
      row("Kind of maps") { $0.manifest.mapKind },
      row("Attention") { $0.manifest.attentionKind },
      row("Exit grids") { $0.manifest.exits.map(\.grid.description).joined(separator: ", ") },
      row("Million MACs to each exit") {
        $0.manifest.exits.map { NumberFormat.megaMacs($0.macs) }.joined(separator: ", ")
      },
    ]
  }

  /// One row a name, in the order in which names first appear over the runs.
  private static func rows<Item, Name: Hashable>(
    _ runs: [[Item]], _ name: (Item) -> Name, _ label: (Item) -> String, _ value: (Item) -> String
  ) -> [Fields] {
    var seen: Set<Name> = []
    return runs.joined().filter { seen.insert(name($0)).inserted }.map { item in
      [
        "name": .text(DisplayText.name(label(item))),
        "values": .list(
          runs.map { run in cell(run.first { name($0) == name(item) }.map(value)) }),
      ]
    }
  }

  private static func cell(_ value: String?) -> Fields {
    ["value": .text(value.map { DisplayText.text($0, limit: 200) } ?? notProvided)]
  }
}
