import FileKit
import Foundation

/// `MANIFEST.sha256`: every other file of a report and its digest, as `sha256sum` writes them.
struct ReportManifest {
  static let name = "MANIFEST.sha256"

  /// Hexadecimal SHA-256 by path, relative to the report's folder.
  private(set) var digests: [String: String] = [:]

  init(of folder: String) throws(ReportFault) {
    guard Files.exists("\(folder)/\(Self.name)") else { throw .notAReport(path: folder) }
    let bytes = try ReportFault.files { () throws(FileFault) in
      try Files.read("\(folder)/\(Self.name)")
    }
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true)
    for (index, line) in lines.enumerated() {
      let digest = line.prefix(64)
      let rest = line.dropFirst(64)
      let name = String(rest.dropFirst(2))
      guard digest.utf8.count == 64, digest.utf8.allSatisfy(Self.isHexadecimal),
        rest.hasPrefix("  "), Self.isInside(name), name != Self.name, digests[name] == nil
      else { throw .badManifest(path: "\(folder)/\(Self.name)", line: index + 1) }
      digests[name] = String(digest)
    }
    guard !digests.isEmpty else { throw .badManifest(path: "\(folder)/\(Self.name)", line: 1) }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// Nobody's manifest makes us read a file outside the report.
  private static func isInside(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix("/")
      && !name.split(separator: "/", omittingEmptySubsequences: false).contains {
        $0 == ".." || $0 == "." || $0.isEmpty
      }
  }

  /// Files that are missing, changed or too many, by name.
  func findings(in folder: String) throws(FileFault) -> [Diagnosis] {
    var findings: [(name: String, diagnosis: Diagnosis)] = []
    for name in digests.keys.sorted() {
      let path = "\(folder)/\(name)"
      guard Self.isPlainFile(path) else {
        findings.append(
          (name, Diagnosis(.failed, "file of the report is missing", at: path)))
        continue
      }
      let digest = SHA256.of(try Files.read(path))
      if digest != digests[name]! {
        findings.append(
          (
            name,
            Diagnosis(
              .failed, "file of the report has changed", at: path,
              expected: "SHA-256 \(digests[name]!.prefix(12))…", got: "\(digest.prefix(12))…")
          ))
      }
    }
    for name in try Self.contents(of: folder)
    where name != Self.name && digests[name] == nil {
      findings.append(
        (name, Diagnosis(.failed, "file is not part of the report", at: "\(folder)/\(name)")))
    }
    return findings.sorted { $0.name < $1.name }.map(\.diagnosis)
  }

  /// A link is none, wherever it leads.
  private static func isPlainFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Everything below a folder that is not a folder itself, by relative path; links are not followed.
  private static func contents(of folder: String) throws(FileFault) -> [String] {
    do {
      return try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
        var status = stat()
        return lstat("\(folder)/\($0)", &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
      }
    } catch {
      throw .unreadable(path: folder, reason: "its contents cannot be listed")
    }
  }
}
