import CZlib

/// Gzip and zlib streams, inflated whole.
public enum Gzip {
  /// Inflates a gzip file (of one or more members, as `cat a.gz b.gz` makes) or a zlib stream.
  /// - Parameters:
  ///   - bytes: the compressed file.
  ///   - path: what the error message calls it.
  ///   - maximumSize: a stream that inflates to more bytes is refused as damaged, not inflated.
  /// - Throws: `FileFault.corruptGzip` where a stream is cut short, fails its checksum, is followed
  ///   by other bytes than zeros (padding), or is too long.
  public static func inflate(
    _ bytes: [UInt8], path: String, maximumSize: Int = 1 << 32
  ) throws(FileFault) -> [UInt8] {
    guard let result = inflateMembers(bytes, maximumSize: maximumSize) else {
      throw .corruptGzip(path: path)
    }
    return result
  }

  private static func inflateMembers(_ bytes: [UInt8], maximumSize: Int) -> [UInt8]? {
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
      result.reserveCapacity(min(input.count * 2, maximumSize))
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
        guard result.count + made <= maximumSize else { return nil }
        result.append(contentsOf: UnsafeBufferPointer(start: chunk, count: made))
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
