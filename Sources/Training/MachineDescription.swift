import FileKit
import Foundation
import Network
import TensorCore

/// The machine and libraries behind a result, as far as they can change its bytes.
package struct MachineDescription: Sendable, Codable, Equatable {
  /// The model's name from /proc/cpuinfo, or "unknown".
  package var cpu: String
  /// Lanes that work was split into; another number gives other bytes.
  package var threads: Int
  /// OpenBLAS's kernel, and who chose it: "user", "exitlens" or "openblas".
  package var blasCore: String
  /// "user" (OPENBLAS_CORETYPE was set), "exitlens" (by the CPU's features) or "openblas".
  package var blasChosenBy: String
  /// OpenBLAS's own description of its build.
  package var blasLibrary: String
  /// Which vector instructions the network's own kernels use: "AVX-512", "AVX2" or "baseline".
  package var vectorInstructions: String
  /// The Swift that compiled the program, to the minor version: "Swift 6.2".
  package var compiler: String
  /// PRETTY_NAME from /etc/os-release, or "unknown".
  package var operatingSystem: String

  /// This machine.
  package static func current(lanes: Lanes) throws(TensorFault) -> MachineDescription {
    let kernel = try BLAS.open()
    return MachineDescription(
      cpu: cpuName(), threads: lanes.count, blasCore: kernel.core, blasChosenBy: kernel.chosenBy,
      blasLibrary: kernel.library, vectorInstructions: VectorInstructions.name,
      compiler: compilerVersion, operatingSystem: operatingSystemName())
  }

  private static var compilerVersion: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #elseif compiler(>=6.2)
      "Swift 6.2"
    #else
      "Swift 6.0 or 6.1"
    #endif
  }

  private static func cpuName() -> String {
    value(of: "model name", separator: ":", in: "/proc/cpuinfo") ?? "unknown"
  }

  private static func operatingSystemName() -> String {
    value(of: "PRETTY_NAME", separator: "=", in: "/etc/os-release")?
      .trimmingCharacters(in: CharacterSet(charactersIn: "\"")) ?? "unknown"
  }

  /// What a line that begins with the key holds after the separator, in a file of the system.
  package static func value(of key: String, separator: Character, in path: String) -> String? {
    guard let bytes = try? Files.read(path) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix(key) {
      guard let at = line.firstIndex(of: separator) else { continue }
      return line[line.index(after: at)...].trimmingCharacters(in: .whitespaces)
    }
    return nil
  }
}
