import FileKit
import Testing

/// Keys that stand twice: Foundation takes one of them and says nothing.
@Suite struct JSONKeysTests {
  @Test(arguments: [
    (#"{"a":1,"a":2}"#, "a"), (#"{"a":1,"b":{"c":1,"c":1}}"#, "b.c"),
    (#"{"a":[{"x":1},{"x":1,"y":[0,{"z":1,"z":2}]}]}"#, "a[1].y[1].z"),
    (#"{"ab":1,"a\u0062":2}"#, "ab"), (#"{"a\"":1,"a\"":2}"#, #"a""#),
    ("{\"\u{e9}\":1,\"e\u{301}\":2}", "\u{e9}"),
    ("\u{FEFF}{\"a\":1,\n \"a\" : 2}", "a"), (#"[{"a":1,"a":1}]"#, "[0].a"),
  ])
  func found(text: String, place: String) {
    #expect(CanonicalJSON.duplicateKey(in: Array(text.utf8)) == place)
  }

  /// Keys of different objects, texts that look like keys, and texts that are no JSON, which the decoder tells.
  @Test(arguments: [
    #"{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}"#, #"{"a":"a","b":"a\",\"b"}"#, #"["a","a","a"]"#,
    "{}", "", "{", #"{"a"#, #"{"a\"#, #"}{"a":1,]"a":"#, #"{"a\x":1,"a\x":1}"#, "\u{0}\u{FF}",
    String(repeating: #"{"a":["#, count: 100_000),
  ])
  func none(text: String) {
    #expect(CanonicalJSON.duplicateKey(in: Array(text.utf8)) == nil)
  }

  @Test func decodingSaysWhere() {
    struct Value: Decodable { var a: [Int] }
    let text = #"{"a":[1],"b":{"c":1,"c":1}}"#
    switch CanonicalJSON.decode(Value.self, from: Array(text.utf8)) {
    case .success: Issue.record("a key twice was read")
    case .failure(let problem): #expect(problem.sentence == "b.c stands there twice")
    }
  }
}
