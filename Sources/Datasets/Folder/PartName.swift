/// What a folder's name says about the part that it holds: the names that PyTorch, Keras, Kaggle and Hugging Face
/// users give, in any case, with `set`, `data`, `images`, `split` or a number behind (`Test_Set`, `train2017`).
enum PartName: Hashable {
  case training
  case validation
  case test
  /// Test images, unless there are others: then validation images.
  case evaluation

  private static let words: [String: PartName] = [
    "train": .training, "training": .training, "val": .validation, "valid": .validation,
    "validation": .validation, "dev": .validation, "test": .test, "testing": .test,
    "eval": .evaluation, "evaluation": .evaluation,
  ]
  private static let endings = ["dataset", "set", "data", "images", "split"]

  /// From the whole name; nil where it says something else.
  init?(_ name: [UInt8]) {
    var text = Self.tokens(name).joined()
    while text.last?.isNumber == true { text.removeLast() }
    for ending in Self.endings where text.hasSuffix(ending) && Self.words[text] == nil {
      text.removeLast(ending.count)
      break
    }
    guard let part = Self.words[text] else { return nil }
    self = part
  }

  /// From one word of several, as in `seg_train`; nil where none or words of several parts are in the name.
  init?(oneWordOf name: [UInt8]) {
    let found = Set(Self.tokens(name).compactMap { Self.words[$0] })
    guard found.count == 1, let part = found.first else { return nil }
    self = part
  }

  private static func tokens(_ name: [UInt8]) -> [String] {
    BytePath.text(of: name).lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
