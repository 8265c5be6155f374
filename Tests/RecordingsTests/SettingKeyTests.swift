import FileKit
import Foundation
import Recordings
import Testing

/// What `recording.json` calls settings, and what each is for. A key that is renamed or dropped makes older recordings
/// unreadable, and another role changes which trainings are told apart: neither may happen unnoticed.
@Suite struct SettingKeyTests {
  static let table: [(text: String, role: SettingRole)] = [
    ("dataSource", .place), ("classes", .training), ("trainingCount", .training),
    ("testCount", .training), ("colorMode", .training), ("networkInput", .training),
    ("architecture", .training), ("blockWidths", .training), ("loss", .summary),
    ("consistencyTarget", .consistencyTerm), ("alignmentGrid", .consistencyTerm),
    ("exitWeights", .training), ("consistencyWeights", .consistencyTerm),
    ("adaptiveWeights", .consistencyTerm), ("lambdaWarmup", .consistencyTerm),
    ("optimizer", .training), ("learningRate", .training), ("learningRateSchedule", .training),
    ("epochs", .training), ("batchSize", .training), ("dataSeed", .training),
    ("validationFraction", .training), ("testFraction", .training), ("weightsUsed", .training),
    ("trainingCommand", .place),
  ]

  private func decode(_ json: String) throws -> Provenance.Setting {
    try JSONDecoder().decode(Provenance.Setting.self, from: Data(json.utf8))
  }

  @Test(arguments: table) func isSpeltAndMeant(text: String, role: SettingRole) throws {
    let setting = try decode("{\"key\": \"\(text)\", \"value\": \"x\"}")
    #expect(setting.key?.rawValue == text && setting.value == "x")
    #expect(setting.role == role)
  }

  @Test func tableIsWhole() {
    #expect(SettingKey.allCases.map(\.rawValue) == Self.table.map(\.text))
  }

  /// A free name is no key, however it is spelt; only a seed is known by its name.
  @Test(
    arguments: [
      ("epochs", .training), ("Data given as", .training), ("seed", .seed), ("Random seed", .seed),
      ("torch_seed", .seed), ("seeding", .training),
    ] as [(String, SettingRole)]) func freeName(name: String, role: SettingRole) throws
  {
    let setting = try decode("{\"name\": \"\(name)\", \"value\": \"x\"}")
    #expect(setting.key == nil && setting.spelling == name && setting.role == role)
  }

  @Test func spellingsOfOneName() {
    let spellings = ["Batch size", "batch_size", "batch-size", "BATCHSIZE"]
    for spelling in spellings {
      #expect(
        Provenance.Setting(spelling, "").plainName == Provenance.Setting(.batchSize, "").plainName)
    }
    #expect(
      Provenance.Setting("batches", "").plainName != Provenance.Setting(.batchSize, "").plainName)
  }
}

/// What a recording says its maps are.
@Suite struct MapKindTests {
  private func manifest(_ mapKind: String?, _ attentionKind: String?) -> RecordingManifest {
    var manifest = sampleRecording().manifest
    manifest.mapKind = mapKind
    manifest.attentionKind = attentionKind
    return manifest
  }

  @Test(
    arguments: [
      (nil, nil, "map", nil), (nil, "softmax", "attention", "softmax attention"),
      ("attention", "sigmoid", "attention", "sigmoid attention"),
      ("Grad-CAM", nil, "Grad-CAM", "Grad-CAM"),
      ("rollout", "softmax", "rollout", "softmax rollout"),
    ] as [(String?, String?, String, String?)])
  func words(mapKind: String?, attentionKind: String?, word: String, description: String?) {
    let manifest = manifest(mapKind, attentionKind)
    #expect(manifest.mapWord == word && manifest.mapDescription == description)
  }

  @Test func whichMapsCompare() {
    let softmax = manifest("attention", "softmax")
    #expect(softmax.hasMapsOfTheKind(of: manifest(nil, "softmax")))
    #expect(!softmax.hasMapsOfTheKind(of: manifest("attention", "sigmoid")))
    #expect(!softmax.hasMapsOfTheKind(of: manifest("rollout", "softmax")))
    #expect(!softmax.hasMapsOfTheKind(of: manifest(nil, nil)))
    let gradCAM = manifest("Grad-CAM", nil)
    #expect(gradCAM.hasMapsOfTheKind(of: manifest("gradcam", nil)))
    #expect(!gradCAM.hasMapsOfTheKind(of: manifest("Grad-CAM++", nil)))
    #expect(!gradCAM.hasMapsOfTheKind(of: manifest(nil, nil)))
  }
}
