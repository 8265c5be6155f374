import Analysis

/// The columns of the tables about exits, in every form: Table 1, `exits.csv`, `report.json` and the tables of papers.
///
/// Every measure of `Measure.all` has its column, and its null one beside it; those of `Measure.headline` are printed.
enum PlaceColumns {
  static let all: [Column<PlaceRow>] =
    circumstances + Measure.all.filter { $0 != .accuracy }.flatMap(columns)
    + [undefined] + columns(.accuracy)
    + [
      .number("share_leaving", in: .csv) { row in
        row.exit.flatMap { exit in
          let shares = row.model.earlyExit.shares
          return shares.indices.contains(exit.exit - 1) ? shares[exit.exit - 1] : nil
        }
      }
    ]

  /// Those of these keys, in this order.
  static func columns(_ keys: [String]) -> [Column<PlaceRow>] {
    keys.map { key in all.first { $0.key == key }!.shown(in: .all) }
  }

  /// A measure's own column and its null's, for a table that people read.
  static func of(_ measures: Measure...) -> [Column<PlaceRow>] {
    measures.flatMap { columns($0).map { $0.shown(in: .all) } }
  }

  /// Of Table 1.
  static var printed: [Column<PlaceRow>] { all.filter { $0.writers.contains(.page) } }

  static func key(_ measure: Measure) -> String {
    measure.key.reduce("") { $0 + ($1.isUppercase ? "_\($1.lowercased())" : String($1)) }
  }

  /// The cosine's is "null", the headline's; another measure's "centred_null".
  static func nullKey(_ measure: Measure) -> String {
    measure == .cosine ? "null" : "\(key(measure))_null"
  }

  private static let circumstances: [Column<PlaceRow>] = [
    .text("model", in: .csv) { $0.model.name },
    Column("exit", "", nil, .count, in: .data) { row in
      row.exit.map { .integer($0.exit) } ?? .text("mean")
    },
    .integer("grid_height", in: .csv) { $0.exit?.grid.height },
    .integer("grid_width", in: .csv) { $0.exit?.grid.width },
    Column("grid", in: .json) { row in
      row.exit.map { .list([.integer($0.grid.height), .integer($0.grid.width)]) } ?? .blank
    },
    .number("macs", in: .data) { row in
      row.exit.flatMap { $0.macs > 0 ? $0.macs : nil }
    },
    .integer("parameters", in: .data) { row in
      row.exit.flatMap { exit in
        row.model.ledger?.exits.first { $0.exit == exit.exit }?.parameters
      }
    },
    .integer("n", in: .data) { $0.n },
    .integer("undefined", in: .data) { $0.undefined },
  ]

  /// Maps left out, as people read it.
  private static let undefined = Column<PlaceRow>(
    "undefined_maps", "Undefined", "maps", .count,
    help: "Maps that are zero, constant or not finite have no cosine and are left out.",
    in: .page
  ) { $0.isDifference ? .blank : .integer($0.undefined) }

  private static func columns(_ measure: Measure) -> [Column<PlaceRow>] {
    let isPrinted = Measure.headline.contains(measure)
    let own = Column<PlaceRow>(
      key(measure), title(measure), detail(measure), measure.style, help: help(measure),
      in: isPrinted ? .all : .data, hasBounds: true
    ) { row in
      guard row.isDifference else { return .own(row[measure]) }
      return measure.isCompared ? .difference(row[measure]) : .blank
    }
    guard measure.hasNull else { return [own] }
    let null = Column<PlaceRow>(
      nullKey(measure), "Null", nullDetail(measure), measure.style.unsigned,
      help: "The same measure for maps that have nothing to do with each other.",
      in: measure == .cosine ? .all : measure == .centred ? [.data, .tex] : .data
    ) { row in
      row.isDifference ? .blank : .number(row[measure]?.null)
    }
    return [own, null]
  }

  private static func help(_ measure: Measure) -> String {
    switch measure.direction {
    case .moreIsBetter: "\(measure.definition) More is better."
    case .lessIsBetter: "\(measure.definition) Less is better."
    case .neither: measure.definition
    }
  }

  /// Columns are narrow, and a detail stands below.
  private static func title(_ measure: Measure) -> String {
    switch measure {
    case .cosine: "Consistency"
    case .cosineOnExitGrid: "Cosine"
    case .sameClassExcess, .sameClassCentredExcess: "Excess"
    default: measure.name
    }
  }

  private static func detail(_ measure: Measure) -> String? {
    switch measure {
    case .cosine: "cosine"
    case .excess: "cosine − null"
    case .cosineOnExitGrid: "exit’s grid"
    case .sameClassExcess, .sameClassCentredExcess: "same class"
    case .ceiling: "of the grid"
    case .top10, .top20: "overlap"
    case .spread: "std/mean"
    case .sharedSpread: "shared grid"
    case .entropy: "own grid"
    case .sharedEntropy: "1 is flat"
    default: measure.format == .percent ? "%" : nil
    }
  }

  private static func nullDetail(_ measure: Measure) -> String {
    switch measure {
    case .sameClassExcess, .sameClassCentredExcess: "same class"
    case .top10, .top20: "random cells"
    default: "other image"
    }
  }
}

extension Measure {
  /// How people read its values.
  var style: NumberStyle {
    switch format {
    case .decimals(let decimals): .fixed(decimals)
    case .signed(let decimals): .signed(decimals)
    case .percent: .percent
    }
  }
}
