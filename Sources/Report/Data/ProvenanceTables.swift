import Recordings

/// The CSV files behind the provenance and training pages.
enum ProvenanceTables {
  private static func runs(
    _ context: ReportContext
  ) -> [(model: String, run: Int, recording: Recording)] {
    context.models.flatMap { model in
      context.recordings[model].enumerated().map {
        (context.result.models[model].name, $0.offset + 1, $0.element)
      }
    }
  }

  static func classes(_ context: ReportContext) -> [UInt8] {
    let parts = ClassCounts.parts(context)
    var table = CSVTable(["label", "class"] + parts.map(\.name))
    for (label, name) in context.result.classNames.enumerated() {
      table.append(
        [.integer(label), .text(name)]
          + parts.map { .integer($0.counts.indices.contains(label) ? $0.counts[label] : nil) })
    }
    return table.bytes
  }

  static func provenance(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(["model", "run", "kind", "key", "name", "value"])
    for (model, run, recording) in runs(context) {
      let provenance = recording.manifest.provenance
      let facts: [(String, String, String?)] =
        [
          ("recording", "name", recording.manifest.name),
          ("recording", "producer", provenance?.producer),
          ("recording", "seed", provenance?.seed.map { String($0) }),
          ("recording", "lambda", NumberFormat.exact(provenance?.lambda)),
          ("recording", "stop gradient", provenance?.stopGradient.map { $0 ? "yes" : "no" }),
          ("recording", "kind of maps", recording.manifest.mapKind),
          ("recording", "attention", recording.manifest.attentionKind),
          ("recording", "split", recording.manifest.split),
          ("recording", "command", provenance?.command),
          ("data", "name", provenance?.data?.name),
          ("data", "hash", provenance?.data?.hash),
          ("data", "same as training", provenance?.data?.sameAsTraining.map { $0 ? "yes" : "no" }),
        ]
        + (provenance?.data?.notes ?? []).map { ("data note", $0.name, $0.value) }
      let others: [(String, String, String?)] =
        (provenance?.environment ?? []).map { ("environment", $0.name, $0.value) }
        + (provenance?.faithfulness ?? []).map { ("faithfulness", $0.name, $0.value) }
      func append(_ kind: String, key: String = "", _ name: String, _ value: String?) {
        table.append([
          .text(model), .integer(run), .text(kind), .text(key), .text(name),
          .text(value ?? "not provided"),
        ])
      }
      for (kind, name, value) in facts { append(kind, name, value) }
      for setting in provenance?.settings ?? [] {
        append("setting", key: setting.key?.rawValue ?? "", setting.label, setting.value)
      }
      for (kind, name, value) in others { append(kind, name, value) }
    }
    return table.bytes
  }

  static func history(_ context: ReportContext) -> [UInt8] {
    let exits = (1...max(1, context.exitCount))
    var table = CSVTable(
      ["model", "run", "epoch", "learning_rate", "lambda", "loss", "consistency_loss"]
        + exits.map { "cross_entropy_\($0)" } + exits.map { "training_accuracy_\($0)" }
        + exits.map { "validation_accuracy_\($0)" })
    func cells(_ values: [Double]) -> [CSVTable.Cell] {
      exits.map { .number(values.indices.contains($0 - 1) ? values[$0 - 1] : nil) }
    }
    for (model, run, recording) in runs(context) {
      for row in recording.manifest.provenance?.history ?? [] {
        table.append(
          [
            .text(model), .integer(run), .integer(row.epoch), .number(row.learningRate),
            .number(row.lambda), .number(row.loss), .number(row.consistencyLoss),
          ] + cells(row.crossEntropy) + cells(row.trainingAccuracy) + cells(row.validationAccuracy))
      }
    }
    return table.bytes
  }

  static func skipped(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(["image", "reason"])
    for setting in context.data?.skipped ?? [] {
      table.append([.text(setting.name), .text(setting.value)])
    }
    return table.bytes
  }

  static func duplicates(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(["group", "member"])
    for (group, members) in (context.data?.duplicatesAcrossSplits ?? []).enumerated() {
      for member in members { table.append([.integer(group + 1), .text(member)]) }
    }
    return table.bytes
  }
}
