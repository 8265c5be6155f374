import Testing

/// One way to get something wrong: what is prepared and called, and how the command must end.
struct BadInput: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var code: Int32
  /// All of them stand in the one line on standard error.
  var words: [String]
  /// What to call, in the scratch folder; prepares it first.
  var arguments: @Sendable (Scratch, Fixture) throws -> [String]

  init(
    _ description: String, _ code: Int32, _ words: [String],
    _ arguments: @escaping @Sendable (Scratch, Fixture) throws -> [String]
  ) {
    testDescription = description
    self.code = code
    self.words = words
    self.arguments = arguments
  }

  /// Arguments that need no preparation.
  init(_ code: Int32, _ arguments: String, _ words: String...) {
    self.init(arguments, code, words) { _, _ in arguments.split(separator: " ").map(String.init) }
  }

  /// `train` on data that the closure makes in the folder "data".
  static func data(
    _ description: String, _ code: Int32, _ words: String...,
    make: @escaping @Sendable (Scratch) throws -> Void
  ) -> BadInput {
    BadInput(description, code, words) { scratch, _ in
      try make(scratch)
      return ["train", "data", "--out", "run"] + quick
    }
  }

  static let quick = ["--size", "16", "--epochs", "1", "--threads", "1"]

  /// One line on standard error, the right code, the words; nothing trained, nothing left behind.
  func check() throws {
    let scratch = try Scratch()
    let fixture = try Fixture.shared()
    let arguments = try arguments(scratch, fixture)
    let before = try scratch.contents(of: ".")
    let outcome = try Command(arguments, in: scratch.path).run()
    #expect(outcome.code == code, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("exitlens: "))
    for word in words { #expect(outcome.errors.contains(word), "\(word) in \(outcome.errors)") }
    #expect(!outcome.output.contains("epoch "))
    try expectSame(before, scratch.contents(of: "."))
  }
}
