import TensorCore

/// similarity.json: see make_similarity.py beside it.
struct GoldenSimilarity: Decodable {
  struct Exit: Decodable {
    var spearman: Double
    var spearmanNull: Double
    var structuralSimilarity: Double?
    var top10: Double
    var top20: Double
    var top10Chance: Double
    var top20Chance: Double
    var cosine: Double
    var centred: Double
    var cosineNull: Double
    var centredNull: Double
    var cosineClassNull: Double
    var centredClassNull: Double
    var cosineClassExcess: Double
    var centredClassExcess: Double
    var n: Int
    var classN: Int
    var contrast: Contrast
    var histogram: [Int]
    var samples: [String: [Double?]]
  }
  struct Contrast: Decodable {
    var rightN: Int
    var wrongN: Int
    var right: Double
    var wrong: Double
    var difference: Double
    var auroc: Double
  }
  struct Concentration: Decodable {
    var spread: Double
    var entropy: Double
    var gini: Double
  }
  struct Cell: Decodable {
    var n: Int
    var cosine: Double
    var centred: Double
    var cosineNull: Double
    var centredNull: Double
  }
  struct ClassNumbers: Decodable {
    var cosine: Double?
    var centred: Double?
    var excess: Double?
    var classExcess: Double?
  }
  struct Class: Decodable {
    var count: Int
    var exits: [ClassNumbers]
    var mean: Double?
    var accuracy: Double?
  }
  struct Arm: Decodable {
    var exits: [Exit]
    var concentration: [Concentration]
    var matrix: [[Cell]]
    var classes: [Class]
  }
  var shared: [Int]
  var arms: [String: Arm]
  var differences: [[String: Double?]]

  static func load() throws -> GoldenSimilarity {
    try Fixture.decode("maps/similarity.json")
  }
}
