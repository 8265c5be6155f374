import Datasets
import FileKit
import Network
import TensorCore

/// A trained network as C sources with its weights, for devices without Swift: an engine of C11, a program around it,
/// and a check of its answers.
package struct EdgeBundle {
  private static let kind = AtomicFolder.Kind(
    name: "a bundle", markers: ["exitlens_model.h", "exitlens_weights.bin"])

  /// Images of noise in the check, where the caller has none.
  private static let noiseCount = 8

  private let weights: EdgeWeights
  private let model: EdgeModelSource
  private let check: EdgeCheck

  /// - Parameters:
  ///   - images: for the check, [height, width, channels] bytes each; noise where there are none.
  package init(
    _ network: EarlyExitNetwork, classNames: [String], normalization: Normalization,
    precision: EdgePrecision, images: [[UInt8]], lanes: Lanes
  ) throws(EdgeFault) {
    weights = try EdgeWeights(network, precision: precision)
    model = EdgeModelSource(
      configuration: network.configuration, classNames: classNames, normalization: normalization,
      precision: precision, weights: weights)
    check = try EdgeCheck(
      network,
      images: images.isEmpty
        ? EdgeCheck.noise(network.configuration, count: Self.noiseCount) : images,
      normalization: normalization, lanes: lanes)
  }

  /// The size of `exitlens_weights.bin`.
  package var weightBytes: Int { weights.bytes.count }
  /// Memory that the engine needs besides weights and code.
  package var workspaceBytes: Int { model.workspaceSize }

  /// Whether a bundle can be written to `folder`: asked before the work, so that a wrong name costs no time.
  /// - Throws: `EdgeFault.file` where the folder is something else than a bundle or empty.
  package static func check(_ folder: String, force: Bool = false) throws(EdgeFault) {
    try wrapping(EdgeFault.file) { () throws(FileFault) in
      try AtomicFolder.probe(folder, kind: kind, force: force)
    }
  }

  /// Writes the bundle into a temporary folder beside `path`, then renames it. Replaces a bundle or an empty folder.
  /// - Parameter force: whether anything else there is moved aside.
  /// - Returns: where that is now.
  @discardableResult
  package func write(to path: String, force: Bool = false) throws(EdgeFault) -> MovedAside? {
    return try wrapping(EdgeFault.file) { () throws(FileFault) in
      var files = try AtomicFolder(at: path, kind: Self.kind, force: force)
      try files.write(model.header, to: "exitlens_model.h")
      try files.write(model.source, to: "exitlens_model.c")
      try files.write(weights.bytes, to: "exitlens_weights.bin")
      try files.write(check.bytes, to: "check.bin")
      for (name, bytes) in Self.engine { try files.write(bytes, to: name) }
      return try files.commit()
    }
  }

  /// What is the same in every bundle.
  private static let engine: [(String, [UInt8])] = [
    ("exitlens_engine.h", PackageResources.exitlens_engine_h),
    ("exitlens_engine.c", PackageResources.exitlens_engine_c),
    ("exitlens_image.h", PackageResources.exitlens_image_h),
    ("exitlens_convolution.c", PackageResources.exitlens_convolution_c),
    ("exitlens_weights.S", PackageResources.exitlens_weights_S),
    ("main.c", PackageResources.main_c), ("Makefile", PackageResources.Makefile),
    ("README.md", PackageResources.README_md),
  ]
}
