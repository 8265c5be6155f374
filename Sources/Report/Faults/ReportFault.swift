import CairoKit
import FileKit
import Rendering

/// What can go wrong while a report is made.
package enum ReportFault: Fault {
  case file(FileFault)
  case rendering(RenderingFault)
  case drawing(CairoFault)
  case notAReport(path: String)
  /// `line` counts from 1.
  case badManifest(path: String, line: Int)
  /// `problem` is a sentence: "models.egt: missing".
  case badData(path: String, problem: String)
  case otherFormat(path: String, version: Int, expected: Int)
  case noTemplates(path: String)
  case noBuiltInTemplates(looked: [String])
  case badTemplate(name: String, problem: String)
  case unknownKey(template: String, key: String)
  case wrongKind(template: String, key: String, tag: String)

  /// A file, rendering or drawing fault's own; all others are about a report or templates.
  package var diagnosis: Diagnosis {
    switch self {
    case .file(let fault): fault.diagnosis
    case .rendering(let fault): fault.diagnosis
    case .drawing(let fault): fault.diagnosis
    case .notAReport(let path):
      Diagnosis(
        .badData, "not a report", at: path, expected: "a folder with MANIFEST.sha256",
        hint: "give the folder that --out named")
    case .badManifest(let path, let line):
      Diagnosis(
        .badData, "damaged manifest", at: "\(path), line \(line)",
        expected: "a SHA-256 digest, two spaces and a path inside the report")
    case .badData(let path, let problem):
      Diagnosis(
        .badData, "the report's numbers can't be read", at: path, got: problem,
        hint: "make the report again with exitlens report")
    case .otherFormat(let path, let version, let expected):
      Diagnosis(
        .badData, "a report of another format", at: path,
        expected: "formatVersion \(expected)", got: String(version),
        hint: "use the exitlens that made it, or make the report again")
    case .noTemplates(let path):
      Diagnosis(
        .noInput, "no templates", at: path, expected: "a folder with *.mustache and style.css",
        hint: "copy the templates folder of ExitLens and change the copy")
    case .noBuiltInTemplates(let looked):
      Diagnosis(
        .failed, "the program's own templates are missing", at: looked.joined(separator: " and "),
        expected: "a folder with *.mustache and style.css",
        hint: "install with make install PREFIX=…, or give --templates")
    case .badTemplate(let name, let problem):
      Diagnosis(.badData, "template cannot be used", at: "\(name).mustache", got: problem)
    case .unknownKey(let template, let key):
      Diagnosis(
        .badData, "template uses an unknown name", at: "\(template).mustache",
        got: "{{\(key)}}", hint: "see templates/README.md for the names")
    case .wrongKind(let template, let key, let tag):
      Diagnosis(
        .badData, "template uses a name in a way that it is not made for",
        at: "\(template).mustache", got: tag, hint: "see how the built-in template uses \(key)")
    }
  }
}

extension ReportFault {
  /// Runs what may fail with a file's fault, as a fault of the report.
  static func files<Value: ~Copyable>(
    _ body: () throws(FileFault) -> Value
  ) throws(ReportFault) -> Value {
    return try wrapping(ReportFault.file) { () throws(FileFault) in try body() }
  }
}
