import CZlib

/// Gzip and zlib streams, inflated whole.
package enum Gzip {
  /// Deflate makes at most so many bytes of one.
  private static let largestRatio = 1032

  /// Inflates a gzip file (of one or more members, as `cat a.gz b.gz` makes) or a zlib stream.
  /// - Parameters:
  ///   - bytes: the compressed file.
  ///   - path: what the error message calls it.
  ///   - size: bytes that the stream has to inflate to: fewer or more are an error, and no memory is taken for more
  ///     than the file can hold.
  /// - Throws: `FileFault.corruptGzip` where a stream is cut short, fails its checksum, or is followed by other bytes
  ///   than zeros (padding); `FileFault.wrongGzipSize`.
  package static func inflate(
    _ bytes: [UInt8], path: String, size: Int
  ) throws(FileFault) -> [UInt8] {
    let (most, overflows) = bytes.count.multipliedReportingOverflow(by: largestRatio)
    guard overflows || size <= most else {
      throw .wrongGzipSize(
        path: path, expected: size, got: "\(bytes.count) compressed, which cannot hold so many")
    }
    guard let result = inflateMembers(bytes, upTo: size) else { throw .corruptGzip(path: path) }
    guard result.count == size else {
      throw .wrongGzipSize(
        path: path, expected: size, got: result.count > size ? "more" : "\(result.count)")
    }
    return result
  }

  /// The first bytes of what a stream inflates to, all of it where it is shorter; the rest is not looked at.
  package static func prefix(
    _ count: Int, of bytes: [UInt8], path: String
  ) throws(FileFault) -> [UInt8] {
    guard let result = inflateMembers(bytes, upTo: count) else { throw .corruptGzip(path: path) }
    return Array(result.prefix(count))
  }

  /// - Parameter size: where there is more, the result has a little more, and the rest is not looked at.
  private static func inflateMembers(_ bytes: [UInt8], upTo size: Int) -> [UInt8]? {
    // 15: the largest window; +32: gzip or zlib, told by the header.
    var stream = z_stream()
    guard
      inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }

    return bytes.withUnsafeBufferPointer { input -> [UInt8]? in
      let chunkSize = 1 << 18
      var offset = 0
      var result: [UInt8] = []
      result.reserveCapacity(size)
      let chunk = UnsafeMutablePointer<UInt8>.allocate(capacity: chunkSize)
      defer { chunk.deallocate() }
      while true {
        let available = min(input.count - offset, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + offset })
        stream.avail_in = UInt32(available)
        stream.next_out = chunk
        stream.avail_out = UInt32(chunkSize)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        let taken = available - Int(stream.avail_in)
        let made = chunkSize - Int(stream.avail_out)
        offset += taken
        result.append(contentsOf: UnsafeBufferPointer(start: chunk, count: made))
        if result.count > size { return result }
        switch status {
        case Z_OK:
          // No progress: the stream wants bytes that are not there.
          if taken == 0, made == 0 { return nil }
        case Z_STREAM_END:
          if input[offset...].allSatisfy({ $0 == 0 }) { return result }
          guard inflateReset(&stream) == Z_OK else { return nil }
        default: return nil
        }
      }
    }
  }
}
