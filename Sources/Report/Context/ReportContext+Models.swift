import Analysis
import Recordings
import Rendering

/// The list of models, as pages speak of it.
extension ReportContext {
  /// Sheets and charts show so many; tables show all.
  static let drawnLimit = FigureInput.limit

  /// A model's name as it is displayed.
  func name(_ model: Int) -> String { DisplayText.name(result.models[model].name, limit: 40) }

  var models: Range<Int> { result.models.indices }

  /// The class that gives a model's mark its colour and shape, as charts draw it; none for one that they do not show.
  func series(_ model: Int) -> TemplateValue {
    .optional(drawn.firstIndex(of: model).map { "series-\($0)" })
  }

  /// Fields `series` and `name`, for a row or a column.
  func head(_ model: Int) -> Fields {
    ["series": series(model), "name": .text(name(model))]
  }

  /// The models that saw the reference's samples: those that can stand side by side, sample by sample.
  var sharingSamples: [Int] {
    models.filter { model in
      model == 0 || result.samples.first.map { $0.models[model] != nil } ?? false
    }
  }

  /// The reference and those that the user named; else the first models, as many as a picture can show.
  var shownModels: [Int] {
    guard options.show.isEmpty else {
      return [0] + options.show.filter { $0 != 0 }.prefix(Self.drawnLimit - 1)
    }
    return Array(sharingSamples.prefix(Self.drawnLimit))
  }

  /// Those of them that saw the reference's samples: one a row of sheets, in the order of their colours.
  var drawn: [Int] { shownModels.filter(sharingSamples.contains) }

  /// The comparisons that were made.
  var compared: [Comparison] { result.comparisons.filter { $0.paired != nil } }

  /// The word for the models' maps, as recorded; "map" where models differ.
  var mapWord: String {
    let words = Set(recordings.joined().map(\.manifest.mapWord))
    return words.count == 1 ? words.first! : "map"
  }

  /// "attention map", "Grad-CAM map", "map".
  var mapPhrase: String {
    let word = DisplayText.name(mapWord, limit: 60)
    return word == "map" ? word : "\(word) map"
  }

  /// Whether `exitlens record` wrote every recording; only then does its advice help.
  var isRecordedHere: Bool {
    recordings.joined().allSatisfy {
      $0.manifest.provenance?.producer?.hasPrefix("exitlens") == true
    }
  }
}

extension Measure {
  /// Those with an interval over runs and a test.
  static let headline: [Measure] = [.cosine, .excess, .centred, .spread, .accuracy]
}
