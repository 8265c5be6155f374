/// What a command reads and what it writes: refused where the one lies in the other.
package struct OutputPlaces: Sendable {
  /// A path with the name that a message about an overlap gives it.
  package typealias Item = NamedPath

  /// Files and folders that are read; what is not there is somebody else's error.
  package var inputs: [Item]
  /// Folders that are written whole.
  package var outputs: [Item]
  /// Folders that single files or folders are added to, beside whatever is there.
  package var shared: [Item]

  /// Looks at no file; call `check()` before anything is written.
  package init(inputs: [Item], outputs: [Item], shared: [Item] = []) {
    self.inputs = inputs
    self.outputs = outputs
    self.shared = shared
  }

  /// Refuses an output that holds, is or lies in an input, or another output; a shared folder may hold them.
  package func check() throws(FileFault) {
    let read = inputs.compactMap { item in
      OutputPlace(existing: item.path).map { (item: item, place: $0) }
    }
    var written: [(item: Item, place: OutputPlace, isShared: Bool)] = []
    for (items, isShared) in [(outputs, false), (shared, true)] {
      for item in items { written.append((item, try OutputPlace(item.path), isShared)) }
    }
    for (item, place, isShared) in written {
      for input in read {
        if input.place.holds(place) {
          let relation = place.holds(input.place) ? "is that" : "lies in it"
          throw .overlap(
            output: item, other: input.item, isInput: true, got: "one that \(relation)")
        }
        if !isShared, place.holds(input.place) {
          throw .overlap(output: item, other: input.item, isInput: true, got: "one that holds it")
        }
      }
    }
    for (index, first) in written.enumerated() {
      for second in written[(index + 1)...] {
        let inside = first.place.holds(second.place)
        let around = second.place.holds(first.place)
        if inside, !first.isShared || around {
          throw .overlap(
            output: second.item, other: first.item, isInput: false,
            got: "one that \(around ? "is that" : "lies in it")")
        }
        if around, !second.isShared {
          throw .overlap(
            output: first.item, other: second.item, isInput: false, got: "one that lies in it")
        }
      }
    }
  }
}
