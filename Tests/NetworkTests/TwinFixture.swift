import FileKit
import Foundation
import TensorCore

/// What the PyTorch twin left in Fixtures/: see the README there.
struct TwinFixture {
  let reader: SafetensorsReader

  init(_ file: String) throws {
    reader = try SafetensorsReader(path: Self.path(file))
  }

  static func path(_ file: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures").appendingPathComponent(file).path
  }

  static func json<Value: Decodable>(_ file: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(try Files.read(path(file))))
  }

  func floats(_ name: String) throws -> [Float] { try reader.floats(named: name) }

  func shape(_ name: String) throws -> [Int] { try reader.tensor(named: name).shape }

  func labels(_ name: String) throws -> [Int] { try reader.int64s(named: name).map(Int.init) }

  /// A [height, width, …] tensor's grid, or a [count, height, width, …] one's.
  func grid(_ name: String, from axis: Int = 1) throws -> GridSize {
    let shape = try shape(name)
    return GridSize(height: shape[axis], width: shape[axis + 1])
  }
}

/// How far a tensor is from the twin's.
enum TwinDifference {
  /// max |value − reference| / max |reference|, or / `scale` where that is given; infinite where counts
  /// differ or a value is not a number.
  static func relative(
    _ values: some Collection<Float>, to reference: [Float], scale: Float? = nil
  ) -> Float {
    guard values.count == reference.count else { return .infinity }
    var largest: Float = 0
    for (value, expected) in zip(values, reference) {
      let difference = abs(value - expected)
      if difference.isNaN { return .infinity }
      largest = max(largest, difference)
    }
    let scale = scale ?? Self.largest(reference)
    return largest == 0 ? 0 : largest / scale
  }

  static func relative(_ value: Double, to reference: Double) -> Double {
    abs(value - reference) / abs(reference)
  }

  static func largest(_ values: [Float]) -> Float { values.map(abs).max() ?? 0 }
}
