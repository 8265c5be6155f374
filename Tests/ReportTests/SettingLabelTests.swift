import Analysis
import Recordings
import TestSupport
import Testing

/// Settings as people and scripts read them.
@Suite struct SettingLabelTests {
  private func report() throws -> WrittenReport {
    var audit = SyntheticAudit(samples: 4)
    audit.egt[0].manifest.provenance?.settings =
      SettingKey.allCases.map { .init($0, "value of \($0.rawValue)") }
      + [.init("label_smoothing", "0.1")]
    audit.egt[0].manifest.mapKind = "rollout"
    audit.egt[0].manifest.name = "Tiny ViT"
    return try WrittenReport(audit)
  }

  /// Every key has a label of its own; what another program named is shown as given.
  @Test func everySettingIsShown() throws {
    let report = try report()
    let rows = try report.table("provenance.csv").filter {
      $0["model"] == "EGT" && $0["kind"] == "setting"
    }
    #expect(rows.map { $0["key"] } == SettingKey.allCases.map(\.rawValue) + [""])
    let names = rows.compactMap { $0["name"] }
    #expect(Set(names).count == SettingKey.allCases.count + 1 && names.last == "label_smoothing")
    let words = try report.words("provenance.html")
    for (key, name) in zip(SettingKey.allCases, names) {
      #expect(name != key.rawValue && words.contains("\(name) value of \(key.rawValue)"))
    }
    #expect(words.contains("label_smoothing 0.1"))
    #expect(words.contains("Kind of maps rollout") && words.contains("Name Tiny ViT"))
  }

  /// Two audits of the same images say the same, wherever they lay.
  @Test func placesStayOutOfTheSummary() throws {
    let json = try report().text("data/report.json")
    for key in SettingKey.allCases {
      let isPlace = [.dataSource, .trainingCommand].contains(key)
      #expect(json.contains("\"\(key.rawValue)\": \"value of") == !isPlace, "\(key)")
    }
    #expect(json.contains("\"label_smoothing\": \"0.1\""))
    #expect(json.contains("\"mapKind\": \"rollout\""))
  }
}
