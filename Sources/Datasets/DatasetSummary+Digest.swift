import FileKit
import TensorCore

extension DatasetSummary {
  /// Counts, hashes and compares the parts of a dataset.
  package init(
    describing parts: [(part: DatasetPart, split: ImageSplit)], classNames: [String],
    skipped: [Skipped], notes: [Note] = []
  ) {
    var counts: [String: [Int]] = [:]
    for (part, split) in parts {
      var perClass = [Int](repeating: 0, count: classNames.count)
      for label in split.labels { perClass[label] += 1 }
      counts[part.rawValue] = perClass
    }
    self.init(
      hash: Self.hash(of: parts, classNames: classNames), counts: counts, skipped: skipped,
      duplicatesAcrossSplits: Self.duplicates(in: parts), notes: notes)
  }

  /// SHA-256 over, in order: the number of classes and their names; of each part its name and number
  /// of images; of each image its label, identifier and pixels. A number is 8 bytes, little-endian;
  /// texts (UTF-8) and pixels follow their length.
  private static func hash(
    of parts: [(part: DatasetPart, split: ImageSplit)], classNames: [String]
  ) -> String {
    let digest = SHA256()
    add(classNames.count, to: digest)
    for name in classNames { add(name, to: digest) }
    for (part, split) in parts {
      add(part.rawValue, to: digest)
      add(split.count, to: digest)
      split.pixels.withUnsafeBytes { pixels in
        let size = pixels.count / max(split.count, 1)
        for index in 0..<split.count {
          add(split.labels[index], to: digest)
          add(split.identifiers[index], to: digest)
          add(size, to: digest)
          digest.update(image(index, of: size, in: pixels))
        }
      }
    }
    return digest.hexadecimal()
  }

  private static func add(_ number: Int, to digest: borrowing SHA256) {
    withUnsafeBytes(of: UInt64(number).littleEndian) { digest.update($0) }
  }

  private static func add(_ text: String, to digest: borrowing SHA256) {
    add(text.utf8.count, to: digest)
    digest.update(text)
  }

  /// Groups of images with the same pixels that are not all in one part; members in the parts' order.
  private static func duplicates(
    in parts: [(part: DatasetPart, split: ImageSplit)]
  ) -> [Duplicate] {
    var groups: [String: [(part: DatasetPart, index: Int)]] = [:]
    var order: [String] = []
    for (part, split) in parts {
      for (index, digest) in digests(of: split).enumerated() {
        if groups[digest] == nil { order.append(digest) }
        groups[digest, default: []].append((part, index))
      }
    }
    let splits = Dictionary(uniqueKeysWithValues: parts.map { ($0.part, $0.split) })
    return order.compactMap { digest in
      let members = groups[digest]!
      guard members.contains(where: { $0.part != members[0].part }) else { return nil }
      return Duplicate(
        members: members.map { part, index in
          "\(part.rawValue): \(splits[part]!.identifiers[index])"
        })
    }
  }

  /// SHA-256 of each image's pixels.
  private static func digests(of split: ImageSplit) -> [String] {
    var digests = [String](repeating: "", count: split.count)
    guard split.count > 0 else { return digests }
    let size = split.pixels.count / split.count
    digests.withUnsafeMutableBufferPointer { digests in
      // Each call reads one image's bytes and writes one digest.
      nonisolated(unsafe) let target = digests.baseAddress!
      split.pixels.withUnsafeBytes { bytes in
        nonisolated(unsafe) let pixels = bytes
        ParallelLoop.forEach(split.count) { index in
          let digest = SHA256()
          digest.update(image(index, of: size, in: pixels))
          target[index] = digest.hexadecimal()
        }
      }
    }
    return digests
  }

  private static func image(
    _ index: Int, of size: Int, in pixels: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: pixels[index * size..<(index + 1) * size])
  }
}
