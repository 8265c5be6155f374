import Analysis
import Recordings

/// `data/report.json`: what scripts read. Within a format version fields may be added, never renamed.
enum ReportJSON {
  static let formatVersion = 2

  static func document(_ context: ReportContext, _ files: [DataFile]) -> String {
    let result = context.result
    return JSONValue.object([
      ("formatVersion", .integer(formatVersion)),
      ("generator", .text(context.options.generator)),
      ("name", .text(context.options.name ?? context.data?.name ?? "")),
      ("dataHash", text(context.data?.hash)),
      ("samples", .integer(result.sampleCount)),
      ("classNames", .list(result.classNames.map { .text($0) })),
      ("input", .list([.integer(result.input.height), .integer(result.input.width)])),
      ("channels", .integer(result.channels)),
      (
        "bootstrap",
        .object([
          ("resamples", .integer(result.bootstrapResamples)),
          ("seed", .unsigned(result.bootstrapSeed)),
        ])
      ),
      ("models", .list(result.models.map { model($0, context) })),
      ("comparisons", .list(result.comparisons.map { comparison($0, context) })),
      ("flags", .list(JSONTableWriter.objects(AlertTable.table(context)))),
      ("missing", missing(result.missing)),
      (
        "tables",
        .object(files.filter(\.isInJSON).map { ($0.key, .list($0.json())) })
      ),
    ]).document
  }

  private static func text(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }

  private static func model(_ model: ModelResult, _ context: ReportContext) -> JSONValue {
    let manifest = context.recordings[model.index][0].manifest
    let rows = context.placeRows(context.places).filter { $0.subject == .model(model.index) }
    return .object([
      ("name", .text(model.name)), ("isReference", .flag(model.index == 0)),
      ("seeds", .list(model.seeds.map { $0.map { .unsigned($0) } ?? .null })),
      ("lambda", .optional(model.lambda)),
      ("stopGradient", model.stopGradient.map { .flag($0) } ?? .null),
      ("attentionKind", text(model.attentionKind)), ("mapKind", text(manifest.mapKind)),
      ("settings", settings(manifest.provenance?.settings)),
      ("exits", .list(rows.filter { $0.exit != nil }.map(place))),
      ("mean", rows.first { $0.exit == nil }.map(place) ?? .null),
      ("earlyExit", earlyExit(model, context.numbers)),
    ])
  }

  private static func place(_ row: PlaceRow) -> JSONValue {
    .object(JSONTableWriter.members(of: row, PlaceColumns.all))
  }

  /// Options of the first run's training; null where the recording does not tell. Where things lay is on the provenance
  /// page alone: two reports on the same images are the same.
  private static func settings(_ settings: [Provenance.Setting]?) -> JSONValue {
    guard let settings else { return .null }
    var members: [(String, JSONValue)] = []
    for setting in settings where setting.role != .place {
      let key = setting.key?.rawValue ?? setting.label
      // Another program may name two alike; a key stands in an object once.
      if !members.contains(where: { $0.0 == key }) { members.append((key, .text(setting.value))) }
    }
    return .object(members)
  }

  private static func earlyExit(_ model: ModelResult, _ numbers: Numbers) -> JSONValue {
    let early = model.earlyExit
    return .object([
      ("threshold", .number(early.threshold)),
      ("shares", .list(early.shares.map { .number($0) })),
      (
        "accuracy",
        numbers[.accuracy, .earlyStop, model: model.index].map {
          NumberJSON.value($0, isDifference: false)
        } ?? .null
      ),
      ("meanMacs", .optional(early.meanMacs)),
    ])
  }

  private static func comparison(
    _ comparison: Comparison, _ context: ReportContext
  ) -> JSONValue {
    let subject = Subject.difference(comparison.model)
    let rows = context.placeRows(context.places).filter { $0.subject == subject }
    let early = context.numbers[.accuracy, .earlyStop, subject]
    let pairs = comparison.paired?.design?.pairs
    return .object([
      ("model", .text(context.result.models[comparison.model].name)),
      ("reference", .text(context.result.models[comparison.reference].name)),
      ("exits", .list(rows.filter { $0.exit != nil }.map(difference))),
      ("mean", rows.first { $0.exit == nil }.map(difference) ?? .null),
      (
        "earlyExit",
        .object([
          ("accuracy", early.map { NumberJSON.value($0, isDifference: true) } ?? .null)
        ])
      ),
      // Runs that belong together, [reference, model], counted from 1; null where they are independent.
      (
        "pairs",
        pairs.map { .list($0.map { .list([.integer($0.reference + 1), .integer($0.model + 1)]) }) }
          ?? .null
      ),
      ("refusal", text(comparison.refusal)),
      ("mapRefusal", text(comparison.paired?.mapPremise?.reason)),
    ])
  }

  private static func difference(_ row: PlaceRow) -> JSONValue {
    var members: [(String, JSONValue)] =
      row.exit.map { [("exit", .integer($0.exit))] } ?? []
    for measure in Measure.all {
      guard let number = row[measure] else { continue }
      members.append((measure.key, NumberJSON.value(number, isDifference: true)))
    }
    if case .exit(let exit) = row.place,
      let paired = row.comparison?.exits.first(where: { $0.exit == exit })
    {
      members += [
        ("shareLower", .optional(paired.shareBelow)), ("shareHigher", .optional(paired.shareAbove)),
      ]
    }
    return .object(members)
  }

  /// Planned runs of a sweep without a recording.
  private static func missing(_ runs: [MissingRun]?) -> JSONValue {
    .list(
      (runs ?? []).map {
        .object([("run", .text($0.name)), ("failure", text($0.failure))])
      })
  }
}
