import Recordings

/// The files behind the provenance and training pages.
enum ProvenanceTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("classes", isInJSON: false, classes(context)),
      DataFile("provenance", isInJSON: false, provenance(context)),
      DataFile("history", isInJSON: false, history(context)),
      DataFile("skipped", isInJSON: false, skipped(context)),
      DataFile("duplicates", isInJSON: false, duplicates(context)),
    ]
  }

  /// Something of a recording, with whose it is.
  private struct Row<Value: Sendable>: Sendable {
    var model: String
    var run: Int
    var value: Value
  }

  private static func rows<Value>(
    _ context: ReportContext, _ values: (Recording) -> [Value]
  ) -> [Row<Value>] {
    context.models.flatMap { model in
      context.recordings[model].enumerated().flatMap { run, recording in
        values(recording).map {
          Row(model: context.result.models[model].name, run: run + 1, value: $0)
        }
      }
    }
  }

  private static func classes(_ context: ReportContext) -> Table<(label: Int, name: String)> {
    var columns: [Column<(label: Int, name: String)>] = [
      .integer("label") { $0.label }, .text("class") { $0.name },
    ]
    for part in ClassCounts.parts(context) {
      // Parts are named by those who recorded them, who may call one "class".
      let isTaken = columns.contains { $0.key == part.name }
      columns.append(
        .integer(isTaken ? "\(part.name) images" : part.name) { row in
          part.counts.indices.contains(row.label) ? part.counts[row.label] : nil
        })
    }
    return Table(columns, rows: context.result.classNames.enumerated().map { ($0, $1) })
  }

  private struct Fact: Sendable {
    var kind: String
    var key = ""
    var name: String
    var value: String?
  }

  private static func provenance(_ context: ReportContext) -> Table<Row<Fact>> {
    Table(
      [
        .text("model") { $0.model }, .integer("run") { $0.run }, .text("kind") { $0.value.kind },
        .text("key") { $0.value.key }, .text("name") { $0.value.name },
        .text("value") { $0.value.value ?? "not provided" },
      ], rows: rows(context, facts))
  }

  private static func facts(_ recording: Recording) -> [Fact] {
    let provenance = recording.manifest.provenance
    func fact(_ kind: String, _ name: String, _ value: String?) -> Fact {
      Fact(kind: kind, name: name, value: value)
    }
    func flag(_ flag: Bool?) -> String? { flag.map { $0 ? "yes" : "no" } }
    return [
      fact("recording", "name", recording.manifest.name),
      fact("recording", "producer", provenance?.producer),
      fact("recording", "seed", provenance?.seed.map { String($0) }),
      fact("recording", "lambda", NumberFormat.exact(provenance?.lambda)),
      fact("recording", "stop gradient", flag(provenance?.stopGradient)),
      fact("recording", "kind of maps", recording.manifest.mapKind),
      fact("recording", "attention", recording.manifest.attentionKind),
      fact("recording", "split", recording.manifest.split),
      fact("recording", "command", provenance?.command),
      fact("data", "name", provenance?.data?.name),
      fact("data", "hash", provenance?.data?.hash),
      fact("data", "same as training", flag(provenance?.data?.sameAsTraining)),
    ] + (provenance?.data?.notes ?? []).map { fact("data note", $0.name, $0.value) }
      + (provenance?.settings ?? []).map {
        Fact(kind: "setting", key: $0.key?.rawValue ?? "", name: $0.label, value: $0.value)
      } + (provenance?.environment ?? []).map { fact("environment", $0.name, $0.value) }
      + (provenance?.faithfulness ?? []).map { fact("faithfulness", $0.name, $0.value) }
  }

  private static func history(
    _ context: ReportContext
  ) -> Table<Row<Provenance.HistoryRow>> {
    let exits = 1...max(1, context.exitCount)
    func each(
      _ name: String, _ values: @escaping @Sendable (Provenance.HistoryRow) -> [Double]
    ) -> [Column<Row<Provenance.HistoryRow>>] {
      exits.map { exit in
        .number("\(name)_\(exit)") { row in
          let values = values(row.value)
          return exit <= values.count ? values[exit - 1] : nil
        }
      }
    }
    return Table(
      [
        .text("model") { $0.model }, .integer("run") { $0.run },
        .integer("epoch") { $0.value.epoch }, .number("learning_rate") { $0.value.learningRate },
        .number("lambda") { $0.value.lambda }, .number("loss") { $0.value.loss },
        .number("consistency_loss") { $0.value.consistencyLoss },
      ] + each("cross_entropy") { $0.crossEntropy }
        + each("training_accuracy") { $0.trainingAccuracy }
        + each("validation_accuracy") { $0.validationAccuracy },
      rows: rows(context) { $0.manifest.provenance?.history ?? [] })
  }

  private static func skipped(_ context: ReportContext) -> Table<(image: String, reason: String)> {
    Table(
      [.text("image") { $0.image }, .text("reason") { $0.reason }],
      rows: (context.data?.skipped ?? []).map { ($0.name, $0.value) })
  }

  private static func duplicates(_ context: ReportContext) -> Table<(group: Int, member: String)> {
    Table(
      [.integer("group") { $0.group + 1 }, .text("member") { $0.member }],
      rows: (context.data?.duplicatesAcrossSplits ?? []).enumerated().flatMap { group, members in
        members.map { (group, $0) }
      })
  }
}
