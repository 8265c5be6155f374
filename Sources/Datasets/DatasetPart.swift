/// The parts of a dataset, in the order in which they are hashed and listed.
package enum DatasetPart: String, Sendable, Codable, CaseIterable {
  case training
  case validation
  case test
}
