import FileKit
import ImageCodec
import Report
import Testing

/// Recordings that name picture files instead of holding the pixels, as PyTorch users' do.
@Suite struct PhotographSourceTests {
  /// The same audit with its pictures in files of a folder, and as pixels.
  private func sheets(broken: Set<Int> = []) throws -> (
    pixels: [String: [UInt8]], files: [String: [UInt8]]
  ) {
    let audit = SyntheticAudit(samples: 6)
    let pixels = try WrittenReport(audit)
    return try inScratch { scratch in
      var filed = audit
      let manifest = audit.baseline[0].manifest
      for sample in 0..<6 {
        let bytes = try #require(try audit.baseline[0].pixels(of: sample))
        let image = PixelImage(
          width: manifest.input.width, height: manifest.input.height,
          channels: manifest.channels, pixels: bytes)
        let path = "\(scratch)/photo \(sample) #%.png"
        if broken.contains(sample) {
          try Files.write("not a picture", to: path)
        } else {
          try Files.write(PNGEncoder.encode(image), to: path)
        }
      }
      for arm in [\SyntheticAudit.baseline, \SyntheticAudit.egt] {
        filed[keyPath: arm][0].images = nil
        filed[keyPath: arm][0].manifest.paths = (0..<6).map { "photo \($0) #%.png" }
        filed[keyPath: arm][0].folder = scratch
      }
      let report = try WrittenReport(filed)
      return (sheets(of: pixels), sheets(of: report))
    }
  }

  private func sheets(of report: WrittenReport) -> [String: [UInt8]] {
    Dictionary(
      uniqueKeysWithValues: report.files.filter { $0.name.hasSuffix(".png") }.map {
        ($0.name, $0.bytes)
      })
  }

  @Test func filesGiveTheSameSheetsAsPixels() throws {
    let (pixels, files) = try sheets()
    #expect(pixels.count >= 6)
    #expect(pixels == files)
  }

  @Test func onlyTheUnreadablePictureIsGrey() throws {
    let (pixels, files) = try sheets(broken: [2])
    let changed = Set(pixels.keys.filter { pixels[$0] != files[$0] })
    let views = ["", "-own", "-difference", "-contours"]
    #expect(changed == Set(views.map { "sheets/2\($0).png" }))
  }
}
