/// The home of every number about models: a measure, at a place, of a model or of its difference from the reference.
///
/// Analysis fills it; pages, charts and files read it and keep no numbers of their own.
public struct Numbers: Sendable {
  private struct Key: Hashable {
    var measure: Measure
    var place: Place
    var subject: Subject
  }

  private var numbers: [Key: Number] = [:]

  package init() {}

  /// nil where the measure does not exist at the place, or is undefined at every sample.
  public subscript(measure: Measure, place: Place, subject: Subject) -> Number? {
    get { numbers[Key(measure: measure, place: place, subject: subject)] }
    set { numbers[Key(measure: measure, place: place, subject: subject)] = newValue }
  }

  /// A model's own.
  public subscript(measure: Measure, place: Place, model model: Int) -> Number? {
    self[measure, place, .model(model)]
  }

  /// Model − reference.
  public subscript(measure: Measure, place: Place, difference model: Int) -> Number? {
    self[measure, place, .difference(model)]
  }

  /// Nothing may be said of a subject's maps from here on; the numbers stay.
  mutating func withholdMaps(of subject: Subject) {
    for key in numbers.keys where key.subject == subject && key.measure != .accuracy {
      numbers[key]?.isWithheld = true
    }
  }
}
