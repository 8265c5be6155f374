import Foundation
import Testing

@Suite struct DoctorTests {
  private struct Finding: Decodable {
    var name: String
    var value: String
    var problem: String?
  }

  private func findings(_ core: String?) throws -> [String: String] {
    var command = Command(["doctor", "--json"])
    command.environment = ["OPENBLAS_CORETYPE": core]
    let outcome = try command.run()
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let list = try JSONDecoder().decode([Finding].self, from: Data(outcome.output.utf8))
    #expect(list.allSatisfy { $0.problem == nil })
    return Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0.value) })
  }

  @Test func textNamesTheKernel() throws {
    let outcome = try exitlens("doctor")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    for name in [
      "exitlens ", "CPU ", "Threads ", "BLAS core ", "Vector instructions ", "SGEMM ", "libpng ",
      "Cairo ",
    ] {
      #expect(lines.contains { $0.hasPrefix(name) }, "\(name)")
    }
  }

  #if arch(x86_64)
    /// The kernel follows the CPU's features, unless the user has chosen one.
    @Test func kernelIsChosenUnlessTheUserDid() throws {
      let features =
        try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        .split(separator: "\n").first { $0.hasPrefix("flags") }?.split(separator: " ") ?? []
      let own = try #require(try findings(nil)["BLAS core"])
      if features.contains("avx512vl") && features.contains("avx512dq") {
        #expect(own == "SkylakeX (chosen by exitlens from the CPU's features)")
      } else if features.contains("avx2") {
        #expect(own == "Haswell (chosen by exitlens from the CPU's features)")
      }
      #expect(try findings("")["BLAS core"] == own)
      if features.contains("avx2") {
        #expect(try findings("Haswell")["BLAS core"] == "Haswell (set by OPENBLAS_CORETYPE)")
      }
    }
  #endif

  @Test func threadsAreSaid() throws {
    let outcome = try exitlens("doctor", "--threads", "3")
    #expect(
      outcome.output.split(separator: "\n").contains {
        $0.hasPrefix("Threads") && $0.hasSuffix(" 3")
      })
  }
}
