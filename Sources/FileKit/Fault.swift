/// An error whose cause lies outside the program (data, files, options), told in one line.
///
/// Every target has one enum that conforms; the wording stands there and nowhere else.
public protocol Fault: Error, Sendable, CustomStringConvertible {
  /// What went wrong, where, what was expected, what was found, what to do.
  var diagnosis: Diagnosis { get }
}

extension Fault {
  /// The one line that reaches standard error.
  public var description: String { diagnosis.line }
}

/// The parts of an error message, and the exit code that goes with it.
public struct Diagnosis: Sendable, Equatable {
  /// The process's exit code, as the README lists them.
  public enum Code: Int32, Sendable {
    case failed = 1
    case flagsRaised = 2
    case usage = 64
    case badData = 65
    case noInput = 66
    case cannotWrite = 73
  }

  /// How the process ends if this is what ends it.
  public var code: Code
  /// What is wrong: "not a safetensors file".
  public var what: String
  /// A file, folder, option or tensor name.
  public var location: String
  /// What would have been right; nil where that goes without saying.
  public var expected: String?
  /// What was found instead; text from outside, not yet made safe for a terminal.
  public var got: String?
  /// What the user can do about it.
  public var hint: String?

  /// A line is made of these parts in this order; parts that are nil are left out.
  public init(
    _ code: Code, _ what: String, at location: String, expected: String? = nil, got: String? = nil,
    hint: String? = nil
  ) {
    self.code = code
    self.what = what
    self.location = location
    self.expected = expected
    self.got = got
    self.hint = hint
  }

  /// `what: where: expected …, got …; hint`, free of line breaks and control characters whatever
  /// the user's strings hold.
  public var line: String {
    var text = "\(what): \(location)"
    switch (expected, got) {
    case (let expected?, let got?): text += ": expected \(expected), got \(got)"
    case (let expected?, nil): text += ": expected \(expected)"
    case (nil, let got?): text += ": got \(got)"
    case (nil, nil): break
    }
    if let hint { text += "; \(hint)" }
    return text.singleLine
  }
}

extension String {
  /// The same text on one line: control and bidirectional-override characters become `\u{…}`.
  public var singleLine: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// Runs a body whose faults are those of a layer below, and wraps them in a case of the layer's own.
///
///     try wrapping(RecordingFault.file) { () throws(FileFault) in try Files.read(path) }
package func wrapping<Value: ~Copyable, Inner: Error, Outer: Error>(
  _ wrap: (Inner) -> Outer, _ body: () throws(Inner) -> Value
) throws(Outer) -> Value {
  do { return try body() } catch { throw wrap(error) }
}
