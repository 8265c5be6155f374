import TensorCore
import Testing

/// Python's file with every element type, and hand-made files with one thing wrong each.
struct SafetensorsReaderTests {
  @Test func readsEveryTypeOfPython() throws {
    let reader = try SafetensorsReader(path: SafetensorsFixture.path("all-types.safetensors"))
    #expect(reader.metadata == ["made by": "torch"])
    #expect(
      reader.names == [
        "bf16", "bool", "empty", "f16", "f32", "f64", "i16", "i32", "i64", "i8", "scalar", "u16",
        "u32", "u64", "u8",
      ])
    let numbers: [Float] = [-2.5, 0, 1, 65504, 0.333251953125, 6.103515625e-05]
    #expect(try reader.floats(named: "f32", shape: [6]) == numbers)
    #expect(try reader.floats(named: "f16", shape: [2, 3]) == numbers)
    // bfloat16 keeps eight bits of the fraction.
    #expect(
      try reader.floats(named: "bf16", shape: [3, 2]) == [
        -2.5, 0, 1, 65536, 0.333984375, 6.1035156e-05,
      ])
    let doubles = try reader.floats(named: "f64")
    #expect(doubles[0] == .infinity && doubles[1] == 0.1 && doubles[2].isNaN)
    #expect(try reader.floats(named: "scalar", shape: []) == [7.5])
    #expect(try reader.floats(named: "empty", shape: [0, 4]) == [])
    #expect(try reader.int64s(named: "bool") == [1, 0, 1])
    #expect(try reader.bytes(named: "bool") == [1, 0, 1])
    #expect(try reader.bytes(named: "u8") == [0, 127, 255])
    #expect(try reader.int64s(named: "u8") == [0, 127, 255])
    #expect(try reader.int64s(named: "i8") == [-128, 0, 127])
    #expect(try reader.int64s(named: "i16") == [-32768, 32767])
    #expect(try reader.int64s(named: "u16") == [0, 65535])
    #expect(try reader.int64s(named: "i32") == [-2_147_483_648, 2_147_483_647])
    #expect(try reader.int64s(named: "u32") == [0, 4_294_967_295])
    #expect(try reader.int64s(named: "i64") == [.min, .max])
  }

  @Test func refusesWhatTheCallerCannotUse() throws {
    let reader = try SafetensorsReader(path: SafetensorsFixture.path("all-types.safetensors"))
    #expect(throws: SafetensorsFault.self) { try reader.int64s(named: "u64") }
    #expect(throws: SafetensorsFault.self) { try reader.int64s(named: "f32") }
    #expect(throws: SafetensorsFault.self) { try reader.floats(named: "i64") }
    #expect(throws: SafetensorsFault.self) { try reader.bytes(named: "i8") }
    let shape = #expect(throws: SafetensorsFault.self) {
      try reader.floats(named: "f16", shape: [6])
    }
    #expect(shape?.description.hasSuffix("tensor f16: expected [6], got [2, 3]") == true)
    let missing = #expect(throws: SafetensorsFault.self) { try reader.floats(named: "logits.1") }
    #expect(missing?.description.contains("expected logits.1, got bf16, bool") == true)
  }

  @Test(
    arguments: [
      // Whole file, what the message must hold.
      ([], "8 bytes or more"),
      ([UInt8](repeating: 255, count: 8), "at most 100000000"),
      (SafetensorsFixture.file("{}", lengthWord: 40), "cut short"),
      (SafetensorsFixture.file(" {}"), "no '{'"),
      (SafetensorsFixture.file("{} x"), "text after"),
      (SafetensorsFixture.file("{"), "without an end|no '\"'"),
      (SafetensorsFixture.file("{\"a\":{}}"), "without dtype"),
      (SafetensorsFixture.one(type: "F8_E4M3", shape: "[4]"), "unknown element type"),
      (SafetensorsFixture.one(shape: "[2]"), "expected 8 bytes, got 4"),
      (SafetensorsFixture.one(shape: "[-1]"), "whole number"),
      (SafetensorsFixture.one(shape: "[1.0]"), "no ']'"),
      (SafetensorsFixture.one(shape: "[01]"), "leading zero"),
      (SafetensorsFixture.one(shape: "[4294967296,4294967296]"), "fits 64 bits"),
      (SafetensorsFixture.one(shape: "[99999999999999999999]"), "beyond 64 bits"),
      (SafetensorsFixture.one(offsets: "[4,8]", data: 8), "expected a start at byte 0, got 4"),
      (SafetensorsFixture.one(offsets: "[4,0]"), "expected 4 bytes, got -4"),
      (SafetensorsFixture.one(offsets: "[0,4]", data: 5), "expected 4 bytes of data, got 5"),
      (SafetensorsFixture.one(offsets: "[0,4]", data: 3), "expected 4 bytes of data, got 3"),
      (SafetensorsFixture.one(offsets: "[0]"), "two data_offsets"),
      (SafetensorsFixture.one(extra: ",\"layout\":[1]"), "unknown key 'layout'"),
      (SafetensorsFixture.one(extra: ",\"shape\":[1]"), "used twice"),
      (SafetensorsFixture.two(second: "[0,4]", data: 4), "expected a start at byte 4, got 0"),
      (SafetensorsFixture.two(second: "[8,12]", data: 12), "expected a start at byte 4, got 8"),
      (SafetensorsFixture.two(name: "a", second: "[4,8]", data: 8), "used twice"),
      (SafetensorsFixture.file("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}"), "used twice"),
      (SafetensorsFixture.file("{\"__metadata__\":{},\"__metadata__\":{}}"), "used twice"),
      (SafetensorsFixture.file("{\"__metadata__\":{\"a\":1}}"), "no '\"'"),
      (SafetensorsFixture.file("{\"__metadata__\":{\"a\":\"\\ud800\"}}"), "surrogate"),
      (SafetensorsFixture.file("{\"__metadata__\":{\"a\":\"\\x\"}}"), "unknown escape"),
      (SafetensorsFixture.file("{\"__metadata__\":{\"a\":\"\n\"}}"), "control character"),
    ] as [([UInt8], String)])
  func refusesDamage(contents: [UInt8], words: String) {
    let fault = #expect(throws: SafetensorsFault.self) {
      try SafetensorsReader(contents: contents, path: "file.safetensors")
    }
    let line = fault?.description ?? ""
    #expect(words.split(separator: "|").contains { line.contains($0) }, "\(line)")
    #expect(fault?.diagnosis.code == .badData)
  }

  @Test func acceptsWhatTheFormatAllows() throws {
    // Space between tokens, spaces after the end, escapes, any order of tensors, unaligned data.
    let text =
      "{ \"b\\u00e9\\ud83d\\ude00\" : {\"data_offsets\":[1,5], \"shape\":[ 1 ],\"dtype\":\"F32\"},"
      + "\n\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}   "
    let data: [UInt8] = [9] + withUnsafeBytes(of: Float(1.5)) { Array($0) }
    let reader = try SafetensorsReader(
      contents: SafetensorsFixture.file(text) + data, path: "file.safetensors")
    #expect(reader.names == ["a", "bé😀"])
    #expect(try reader.floats(named: "bé😀") == [1.5])
    #expect(try reader.bytes(named: "a") == [9])
    #expect(try SafetensorsReader(contents: SafetensorsFixture.file("{}"), path: "f").names == [])
  }

  @Test func refusesEveryTruncation() throws {
    let whole = try SafetensorsFixture.contents("python.safetensors")
    for length in 0..<whole.count {
      #expect(throws: SafetensorsFault.self) {
        try SafetensorsReader(contents: Array(whole.prefix(length)), path: "cut")
      }
    }
  }

  @Test func namesAMissingFile() {
    let fault = #expect(throws: SafetensorsFault.self) {
      try SafetensorsReader(path: "/nowhere/weights.safetensors")
    }
    #expect(fault?.diagnosis.code == .noInput)
  }
}
