import FileKit

/// What can be wrong with a safetensors file.
public enum SafetensorsFault: Fault {
  case file(FileFault)
  case tooShort(path: String, bytes: Int)
  case headerTooLong(path: String, length: UInt64, limit: Int)
  case headerBeyondFile(path: String, length: Int, available: Int)
  /// `offset` counts bytes from the start of the header.
  case malformedHeader(path: String, offset: Int, reason: String)
  case duplicateName(path: String, name: String)
  case unknownType(path: String, tensor: String, type: String)
  case shapeTooLarge(path: String, tensor: String, shape: [Int])
  case wrongByteCount(path: String, tensor: String, expected: Int, got: Int)
  case notContiguous(path: String, tensor: String, expectedStart: Int, start: Int)
  case wrongDataLength(path: String, expected: Int, got: Int)
  case missingTensor(path: String, name: String, present: [String])
  case wrongShape(path: String, tensor: String, expected: [Int], got: [Int])
  case wrongType(path: String, tensor: String, expected: String, got: SafetensorsType)
  case integerTooLarge(path: String, tensor: String, index: Int, value: UInt64)

  /// The fault as a line for the user.
  public var diagnosis: Diagnosis {
    let whole = "write the file again, or fetch it again"
    switch self {
    case .file(let fault): return fault.diagnosis
    case .tooShort(let path, let bytes):
      return Diagnosis(
        .badData, "not a safetensors file", at: path, expected: "8 bytes or more",
        got: "\(bytes)", hint: whole)
    case .headerTooLong(let path, let length, let limit):
      return Diagnosis(
        .badData, "not a safetensors file", at: path,
        expected: "a header of at most \(limit) bytes", got: "\(length)", hint: whole)
    case .headerBeyondFile(let path, let length, let available):
      return Diagnosis(
        .badData, "safetensors file cut short in its header", at: path,
        expected: "\(length) bytes of header", got: "\(available)", hint: whole)
    case .malformedHeader(let path, let offset, let reason):
      return Diagnosis(
        .badData, "bad safetensors header", at: "\(path), byte \(offset) of the header",
        got: reason, hint: whole)
    case .duplicateName(let path, let name):
      return Diagnosis(
        .badData, "name used twice in a safetensors header", at: "\(path), \(name)",
        expected: "every name once")
    case .unknownType(let path, let tensor, let type):
      return Diagnosis(
        .badData, "unknown element type", at: "\(path), tensor \(tensor)",
        expected: "one of \(SafetensorsType.allCases.map(\.rawValue).joined(separator: " "))",
        got: type, hint: "convert it, for example to F32")
    case .shapeTooLarge(let path, let tensor, let shape):
      return Diagnosis(
        .badData, "impossible tensor shape", at: "\(path), tensor \(tensor)",
        expected: "a size that fits 64 bits", got: "\(shape)")
    case .wrongByteCount(let path, let tensor, let expected, let got):
      return Diagnosis(
        .badData, "tensor's byte range does not fit its shape and type",
        at: "\(path), tensor \(tensor)", expected: "\(expected) bytes", got: "\(got)")
    case .notContiguous(let path, let tensor, let expectedStart, let start):
      return Diagnosis(
        .badData, "tensors overlap or leave a hole", at: "\(path), tensor \(tensor)",
        expected: "a start at byte \(expectedStart)", got: "\(start)")
    case .wrongDataLength(let path, let expected, let got):
      return Diagnosis(
        .badData, "safetensors file has the wrong length", at: path,
        expected: "\(expected) bytes of data", got: "\(got)", hint: whole)
    case .missingTensor(let path, let name, let present):
      let known = present.prefix(12).joined(separator: ", ")
      return Diagnosis(
        .badData, "tensor is missing", at: path, expected: name,
        got: present.isEmpty ? "no tensors" : known + (present.count > 12 ? ", …" : ""))
    case .wrongShape(let path, let tensor, let expected, let got):
      return Diagnosis(
        .badData, "tensor has another shape", at: "\(path), tensor \(tensor)",
        expected: "\(expected)", got: "\(got)")
    case .wrongType(let path, let tensor, let expected, let got):
      return Diagnosis(
        .badData, "tensor has another element type", at: "\(path), tensor \(tensor)",
        expected: expected, got: got.rawValue)
    case .integerTooLarge(let path, let tensor, let index, let value):
      return Diagnosis(
        .badData, "integer too large", at: "\(path), tensor \(tensor), element \(index)",
        expected: "at most \(Int64.max)", got: "\(value)")
    }
  }
}
