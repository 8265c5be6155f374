import ArgumentParser
import CommandLineKit
import Rendering
import Report

struct VenueArgument: ExpressibleByArgument {
  let venue: Venue
  init(_ venue: Venue) { self.venue = venue }
  init?(argument: String) {
    guard let venue = Venue(argument) else { return nil }
    self.venue = venue
  }
  var defaultValueDescription: String { venue.name }
}

/// One of the figures that can be asked for.
struct FigureName: ExpressibleByArgument {
  static let known =
    FigureCatalogue.all.map { (name: $0.name, about: $0.about) } + [PaperFigures.maps]
  static var allValueStrings: [String] { known.map(\.name) }
  let name: String
  init?(argument: String) {
    guard Self.known.contains(where: { $0.name == argument }) else { return nil }
    name = argument
  }
}

/// "3,17"
struct SampleNumbers: ExpressibleByArgument {
  let numbers: [Int]
  init?(argument: String) {
    guard
      let values = CommaList.values(
        of: argument, { text in Int(text).flatMap { $0 >= 0 ? $0 : nil } })
    else { return nil }
    numbers = values
  }
}
