import Recordings

/// Models by the samples that they saw: only those of one group are drawn together, paired and compared.
struct SampleGroups: Sendable {
  /// [group][model], by place in the list; the first group holds the first model.
  private(set) var groups: [[Int]] = []
  /// Per model: how its samples differ from its reference's, as a clause; nil where they are the same.
  private(set) var refusals: [String?] = []

  init(_ models: [Model]) throws(RecordingFault) {
    for (index, model) in models.enumerated() {
      let reference = models[model.reference].recordings[0]
      refusals.append(try SampleIdentity.difference(reference, model.recordings[0]))
      var isPlaced = false
      for group in groups.indices where !isPlaced {
        let first = models[groups[group][0]].recordings[0]
        if try SampleIdentity.difference(first, model.recordings[0]) == nil {
          groups[group].append(index)
          isPlaced = true
        }
      }
      if !isPlaced { groups.append([index]) }
    }
  }

  /// The models of a group that are compared with another one.
  func compared(_ group: [Int], of models: [Model]) -> [Int] {
    group.filter { models[$0].reference != $0 && refusals[$0] == nil }
  }
}
