import FileKit
import Foundation
import Testing

/// `data/report.json` as it is promised to scripts.
@Suite struct ReportContractTests {
  private static let consistency = ["cosine", "excess", "centred"]
  private static let measures = ["accuracy", "spread"] + consistency

  private typealias Object = [String: Any]

  private func report() throws -> Object {
    let bytes = try Files.read("\(try Fixture.shared().report)/data/report.json")
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? Object)
  }

  private func isNumberOrNull(_ value: Any?) -> Bool { value is NSNumber || value is NSNull }

  /// `{value, low, high}`, or null.
  private func isMeasured(_ value: Any?) -> Bool {
    guard let object = value as? Object else { return value is NSNull }
    return object["value"] is Double && isNumberOrNull(object["low"])
      && isNumberOrNull(object["high"])
  }

  @Test(arguments: ["Baseline", "EGT"]) func models(_ name: String) throws {
    let report = try report()
    #expect(report["formatVersion"] as? Int == 2)
    let models = try #require(report["models"] as? [Object])
    #expect(models.map { $0["name"] as? String } == ["Baseline", "EGT"])
    let model = try #require(models.first { $0["name"] as? String == name })
    #expect(model["isReference"] as? Bool == (name == "Baseline"))
    #expect(model["seeds"] as? [Int] == [1])
    #expect(model["lambda"] as? Double == (name == "EGT" ? 0.3 : 0))
    #expect(model["stopGradient"] as? Bool == false)
    #expect((model["settings"] as? [String: String])?["epochs"] == "2")
    let exits = try #require(model["exits"] as? [Object])
    #expect(exits.map { $0["exit"] as? Int } == [1, 2, 3, 4, 5])
    #expect(
      exits.map { $0["grid"] as? [Int] } == [[16, 16], [8, 8], [4, 4], [2, 2], [2, 2]])
    for exit in exits {
      for key in Self.measures { #expect(isMeasured(exit[key]), "\(key)") }
      for key in ["macs", "parameters"] { #expect(exit[key] is NSNumber, "\(key)") }
      #expect(exit["n"] as? Int == 9 && exit["undefined"] as? Int == 0)
      #expect(exit["accuracy"] is Object)
    }
    for exit in exits.dropLast() {
      #expect(exit["cosine"] is Object && exit["null"] is Double)
    }
    for key in Self.consistency + ["null"] {
      #expect(exits[4][key] is NSNull, "final exit's \(key)")
    }
    let mean = try #require(model["mean"] as? Object)
    for key in Self.measures { #expect(isMeasured(mean[key]), "mean \(key)") }
    let early = try #require(model["earlyExit"] as? Object)
    #expect(early["threshold"] as? Double == 0.9)
    let shares = try #require(early["shares"] as? [Double])
    #expect(shares.count == 5 && abs(shares.reduce(0, +) - 1) < 1e-9)
    #expect(early["accuracy"] is Object && early["meanMacs"] is Double)
  }

  @Test func comparisonsAndFlags() throws {
    let report = try report()
    let comparisons = try #require(report["comparisons"] as? [Object])
    #expect(comparisons.map { $0["model"] as? String } == ["EGT"])
    #expect(comparisons[0]["reference"] as? String == "Baseline")
    #expect(comparisons[0]["refusal"] is NSNull)
    let exits = try #require(comparisons[0]["exits"] as? [Object])
    #expect(exits.map { $0["exit"] as? Int } == [1, 2, 3, 4, 5])
    for exit in exits.dropLast() {
      let cosine = try #require(exit["cosine"] as? Object)
      for key in ["delta", "low", "high", "p", "holm"] { #expect(cosine[key] is Double, "\(key)") }
    }
    #expect(exits[4]["cosine"] == nil && exits[4]["accuracy"] is Object)
    let flags = try #require(report["flags"] as? [Object])
    #expect(!flags.isEmpty)
    for flag in flags {
      #expect(flag["code"] is String && flag["message"] is String)
      #expect(["limit", "note"].contains(flag["severity"] as? String))
      #expect(["Baseline", "EGT", nil].contains(flag["model"] as? String))
      #expect(isNumberOrNull(flag["exit"]))
      let page = try #require(flag["href"] as? String)
      #expect(Files.exists("\(try Fixture.shared().report)/\(page)"), "\(page)")
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
