// swift-tools-version: 6.0
import PackageDescription

// Dependencies point one way: images → network → recording → analysis → report.
// A target lists what it may import and nothing else, so that a wrong import does not compile.
let package = Package(
  name: "ExitLens",
  products: [
    .executable(name: "exitlens", targets: ["exitlens"]),
    .executable(name: "exitlens-bench", targets: ["ExitLensBench"]),
    .library(name: "ExitLensAnalysis", targets: ["Analysis", "Recordings"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  ],
  targets: [
    // C libraries: a module map and a shim each. OpenBLAS is opened at run time (see its shim).
    .target(
      name: "COpenBLAS", dependencies: ["CProcessor"], linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png16")]),
    .target(name: "CJPEG", linkerSettings: [.linkedLibrary("turbojpeg")]),
    .target(
      name: "CCairo",
      linkerSettings: [.linkedLibrary("cairo"), .linkedLibrary("freetype")]),
    .target(name: "CDigest", linkerSettings: [.linkedLibrary("crypto")]),
    .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
    .target(name: "CZip", linkerSettings: [.linkedLibrary("zip")]),

    // Our own C: kernels with vector instructions chosen at run time, and threads that watch for work.
    .target(
      name: "CWinograd", dependencies: ["CProcessor"],
      exclude: ["Kernels.inc", "Transforms.inc", "Tiles.inc", "Products.inc"]),
    .target(name: "CDepthwise", dependencies: ["CProcessor"], exclude: ["Rows.inc"]),
    .target(name: "CLanes"),
    .target(name: "CProcessor"),
    .target(name: "CRows"),

    // For programs only: it stands before the C library's malloc.
    .target(name: "CMemory"),

    // What everything stands on: errors, durable files, hashes.
    .target(name: "FileKit", dependencies: ["CDigest", "CZlib"]),
    .target(name: "TensorCore", dependencies: ["CLanes", "COpenBLAS", "FileKit"]),
    .target(name: "Recordings", dependencies: ["TensorCore", "FileKit"]),

    // Images in, networks trained.
    .target(name: "ImageCodec", dependencies: ["CPNG", "CJPEG", "FileKit"]),
    .target(name: "Datasets", dependencies: ["CZip", "TensorCore", "ImageCodec", "FileKit"]),
    .target(
      name: "Network", dependencies: ["CDepthwise", "CWinograd", "TensorCore", "FileKit"]),
    .target(
      name: "Training",
      dependencies: ["Network", "Datasets", "Recordings", "TensorCore", "FileKit"]
    ),

    // A trained network as C for devices; the C itself is a resource, not compiled here.
    .target(
      name: "Edge", dependencies: ["Network", "Datasets", "TensorCore", "FileKit"],
      resources: [.embedInCode("engine")]),

    // Recordings in, reports out. Nothing below may import Network or Training.
    .target(name: "Analysis", dependencies: ["CRows", "TensorCore", "Recordings", "FileKit"]),
    .target(name: "CairoKit", dependencies: ["CCairo", "ImageCodec", "FileKit"]),
    .target(
      name: "Rendering",
      dependencies: ["Analysis", "CairoKit", "ImageCodec", "Recordings", "TensorCore", "FileKit"]),
    // The templates lie at the top level, because users edit them; SwiftPM takes resources only
    // from inside a target, hence a target whose path is the package itself.
    .target(
      name: "Report",
      dependencies: [
        "Rendering", "Analysis", "Recordings", "ImageCodec", "TensorCore", "FileKit",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      path: ".",
      exclude: [
        "tools", "Benchmarks", "Examples", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile",
        "README.md", "Tests", "docs", "reports",
        "Sources/COpenBLAS", "Sources/CPNG", "Sources/CJPEG", "Sources/CCairo", "Sources/CDigest",
        "Sources/CZlib", "Sources/CZip", "Sources/CDepthwise", "Sources/CWinograd",
        "Sources/CLanes",
        "Sources/CMemory",
        "Sources/CProcessor",
        "Sources/CRows",
        "Sources/FileKit",
        "Sources/TensorCore", "Sources/Recordings", "Sources/ImageCodec", "Sources/Datasets",
        "Sources/Network", "Sources/Training", "Sources/Edge",
        "Sources/Analysis", "Sources/CairoKit", "Sources/Rendering", "Sources/CommandLineKit",
        "Sources/exitlens",
        "Sources/ExitLensBench",
      ],
      sources: ["Sources/Report"],
      resources: [.copy("templates")]),

    // What both programs print and parse with.
    .target(
      name: "CommandLineKit",
      dependencies: [
        "Training", "Network", "TensorCore", "FileKit",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "ExitLensBench",
      dependencies: [
        "CommandLineKit", "Training", "Network", "Datasets", "Recordings", "Analysis",
        "Rendering", "Report", "ImageCodec", "TensorCore", "FileKit", "CMemory",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "exitlens",
      dependencies: [
        "CommandLineKit", "Training", "Network", "Datasets", "Edge", "Recordings", "Analysis",
        "Rendering", "Report",
        "ImageCodec", "TensorCore", "FileKit", "CMemory",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Built with everything else, so that what it shows stays true.
    .executableTarget(
      name: "AnalysisFromSwift", dependencies: ["Analysis", "Recordings"],
      path: "Examples/AnalysisFromSwift"),

    .testTarget(name: "StructureTests"),
    .testTarget(name: "FileKitTests", dependencies: ["FileKit"]),
    .testTarget(name: "TensorCoreTests", dependencies: ["TensorCore", "FileKit"]),
    .testTarget(name: "RecordingsTests", dependencies: ["Recordings", "TensorCore", "FileKit"]),
    .testTarget(
      name: "ImageCodecTests", dependencies: ["ImageCodec", "FileKit"], exclude: ["Fixtures"]),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "ImageCodec", "FileKit"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "NetworkTests", dependencies: ["Network", "Training", "TensorCore", "FileKit"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "Network", "Datasets", "Recordings", "TensorCore", "FileKit"],
      exclude: ["Fixtures"]),
    .target(
      name: "TestSupport", dependencies: ["Analysis", "Recordings", "TensorCore"],
      path: "Tests/TestSupport"),
    .testTarget(
      name: "AnalysisTests", dependencies: ["Analysis", "Recordings", "TensorCore", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "RenderingTests",
      dependencies: [
        "Rendering", "CairoKit", "Analysis", "Recordings", "ImageCodec", "TensorCore",
        "TestSupport",
      ], exclude: ["Fixtures"]),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "Report", "Rendering", "Analysis", "Recordings", "ImageCodec", "TensorCore", "FileKit",
        "TestSupport",
      ], exclude: ["Tools"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "exitlens", "ExitLensBench", "ImageCodec", "Recordings", "TensorCore", "FileKit",
      ]),
  ]
)

// What is tested is optimised; the tests themselves would take longer to optimise than they then save.
for target in package.targets where target.type == .test {
  target.swiftSettings = [.unsafeFlags(["-Onone"])]
}
