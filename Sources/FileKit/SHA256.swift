import CDigest

/// An SHA-256 digest computed piece by piece (OpenSSL).
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// Starts an empty digest.
  package init() {
    guard let context = exl_sha256_make() else {
      fatalError("OpenSSL cannot make a SHA-256 digest")
    }
    self.context = context
  }

  /// Adds bytes.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    precondition(exl_sha256_update(context, bytes.baseAddress, bytes.count) == 1)
  }

  /// Adds the bytes of an array.
  package func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds a string's UTF-8.
  package func update(_ text: String) {
    update(Array(text.utf8))
  }

  /// The digest as 64 lower-case hexadecimal digits.
  package consuming func hexadecimal() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    precondition(exl_sha256_finish(context, &digest) == 1)
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digest of some bytes, in hexadecimal.
  package static func of(_ bytes: [UInt8]) -> String {
    let digest = SHA256()
    digest.update(bytes)
    return digest.hexadecimal()
  }
}
