import TensorCore

/// measures.json: see make_measures.py beside it.
struct GoldenMeasures: Decodable {
  struct Pair: Decodable {
    var name: String
    var grid: GridSize
    var first: [Float]
    var second: [Float]
    var spearman: Double
    var ssim: Double?
    var ssimOfRawCells: Double?
    var top: [Top]
  }
  struct Top: Decodable {
    var percent: Int
    var sizes: [Int]
    var agreement: Double
    var chance: Double
  }
  struct Cells: Decodable {
    var cells: [Float]
    var spread: Double
    var entropy: Double
    var gini: Double
  }
  struct Average: Decodable {
    var source: GridSize
    var target: GridSize
    var cells: [Double]
    var result: [Double]
  }
  struct Chance: Decodable {
    var sizes: [Int]
    var cells: Int
    var chance: Double
  }
  struct Contrast: Decodable {
    var values: [Double?]
    var right: [Bool]
    var rightMean: Double
    var wrongMean: Double
    var auroc: Double
    var aurocVariance: Double
    var differenceVariance: Double
  }
  var pairs: [Pair]
  var concentration: [Cells]
  var averages: [Average]
  var chances: [Chance]
  var contrasts: [Contrast]

  static func load() throws -> GoldenMeasures { try Fixture.decode("maps/measures.json") }
}
