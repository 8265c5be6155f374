import FileKit
import Foundation
import Testing

/// `data/report.json` as it is promised to scripts.
@Suite struct ReportContractTests {
  private static let consistency = [
    "cosine", "cosineLow", "cosineHigh", "null", "excess", "centred",
  ]
  private static let numbers = ["macs", "accuracy", "n", "undefined", "spread"] + consistency

  private typealias Object = [String: Any]

  private func report() throws -> Object {
    let bytes = try Files.read("\(try Fixture.shared().report)/data/report.json")
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? Object)
  }

  private func isNumberOrNull(_ value: Any?) -> Bool { value is NSNumber || value is NSNull }

  @Test(arguments: ["baseline", "egt"]) func arms(_ name: String) throws {
    let report = try report()
    #expect(report["formatVersion"] as? Int == 1)
    let arms = try #require(report["arms"] as? Object)
    let arm = try #require(arms[name] as? Object)
    #expect(arm["seeds"] as? [Int] == [1])
    #expect(arm["lambda"] as? Double == (name == "egt" ? 0.3 : 0))
    #expect(arm["stopGradient"] as? Bool == false)
    let exits = try #require(arm["exits"] as? [Object])
    #expect(exits.map { $0["exit"] as? Int } == [1, 2, 3, 4, 5])
    #expect(
      exits.map { $0["grid"] as? [Int] } == [[16, 16], [8, 8], [4, 4], [2, 2], [2, 2]])
    for exit in exits {
      for key in Self.numbers { #expect(isNumberOrNull(exit[key]), "\(key)") }
      #expect(exit["n"] as? Int == 9)
      #expect(exit["accuracy"] is Double)
    }
    for exit in exits.dropLast() {
      #expect(exit["cosine"] is Double && exit["null"] is Double)
    }
    for key in Self.consistency { #expect(exits[4][key] is NSNull, "final exit's \(key)") }
    for mean in [arm["mean"], (report["mean"] as? Object)?[name]] {
      let mean = try #require(mean as? Object)
      for key in Self.numbers { #expect(isNumberOrNull(mean[key]), "mean \(key)") }
    }
    for early in [arm["earlyExit"], (report["earlyExit"] as? Object)?[name]] {
      let early = try #require(early as? Object)
      #expect(early["threshold"] as? Double == 0.9)
      let shares = try #require(early["shares"] as? [Double])
      #expect(shares.count == 5 && abs(shares.reduce(0, +) - 1) < 1e-9)
      #expect(early["accuracy"] is Double && early["meanMacs"] is Double)
    }
  }

  @Test func pairedAndFlags() throws {
    let report = try report()
    let paired = try #require(report["paired"] as? Object)
    let exits = try #require(paired["exits"] as? [Object])
    #expect(exits.map { $0["exit"] as? Int } == [1, 2, 3, 4, 5])
    for key in ["deltaCosine", "low", "high", "p"] {
      for exit in exits.dropLast() { #expect(exit[key] is Double, "\(key)") }
      #expect(exits[4][key] is NSNull, "final exit's \(key)")
    }
    let flags = try #require(report["flags"] as? [Object])
    #expect(!flags.isEmpty)
    for flag in flags {
      #expect(flag["code"] is String && flag["arm"] is String && flag["message"] is String)
      #expect(isNumberOrNull(flag["exit"]))
    }
  }

  @Test func manifestNamesEveryFile() throws {
    let files = try Fixture.shared().scratch.contents(of: "report")
    let manifest = String(decoding: try #require(files["MANIFEST.sha256"]), as: UTF8.self)
    var listed: [String: String] = [:]
    for line in manifest.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      listed[String(parts[1].dropFirst())] = String(parts[0])
    }
    for (name, bytes) in files where name != "MANIFEST.sha256" {
      #expect(listed.removeValue(forKey: name) == SHA256.of(bytes), "\(name)")
    }
    #expect(listed.isEmpty)
  }
}
