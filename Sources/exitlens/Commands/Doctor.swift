import ArgumentParser
import CairoKit
import CommandLineKit
import FileKit
import Foundation
import ImageCodec
import Report
import TensorCore
import Training

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what this machine offers: BLAS kernel, speed, libraries, font, templates.")

  @Flag(help: "JSON on standard output.")
  var json = false
  @OptionGroup(title: "Machine") var machine: MachineOptions

  /// A named finding; `problem` says what to do where something is missing.
  private struct Finding: Encodable {
    var name: String
    var value: String
    var problem: String?
  }

  func run() throws {
    var findings = [Finding(name: "exitlens", value: Release.version)]
    do throws(TensorFault) {
      let description = try MachineDescription.current(lanes: machine.lanes)
      findings += description.settings.map { Finding(name: $0.name, value: $0.value) }
      findings.append(
        Finding(name: "SGEMM 1024³, one thread", value: "\(Self.sgemmGflops()) GFLOP/s"))
    } catch {
      findings.append(
        Finding(name: "BLAS core", value: "none", problem: error.diagnosis.line))
    }
    findings += Self.libraries()
    let problems = findings.filter { $0.problem != nil }
    if json {
      Console.json(findings)
    } else {
      let width = findings.map(\.name.count).max()! + 2
      for finding in findings {
        let name = finding.name.padding(toLength: width, withPad: " ", startingAt: 0)
        Console.answer(
          name + finding.value.singleLine + (finding.problem.map { "  ← \($0)" } ?? ""))
      }
    }
    if !problems.isEmpty { throw ExitCode(Diagnosis.Code.failed.rawValue) }
  }

  /// The best of five products of two 1024×1024 matrices.
  private static func sgemmGflops() -> Int {
    let timer = BenchTimer(rounds: 5, leastSeconds: 0)
    return Int(BenchProduct.measure("sgemm", size: 1024, timer, Lanes(1)).rate.highest.rounded())
  }

  private static func libraries() -> [Finding] {
    var findings = [
      Finding(name: "libpng", value: ImageLibraries.png),
      Finding(name: "Cairo", value: CairoLibrary.version),
    ]
    let font = Font.defaultPath
    findings.append(
      Finding(
        name: "Font", value: font,
        problem: Files.exists(font) ? nil : "not found; install Debian's fonts-liberation"))
    let templates = ReportBuilder.builtInTemplates
    findings.append(
      Finding(
        name: "Templates", value: templates ?? "none",
        problem: templates == nil ? "not found beside the program" : nil))
    return findings
  }
}
