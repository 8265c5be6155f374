import Foundation

/// Where something will be written: an absolute path free of links, found without making anything.
package struct OutputPlace: Sendable {
  /// As the user gave it.
  package let given: String
  /// Absolute, without links, "." and "..".
  package let path: String
  /// The folders of the path that are there, from the root on, each as the kernel knows it.
  let nodes: [Node]
  /// What of the path is not there yet.
  let missing: [String]

  struct Node: Hashable, Sendable {
    var device: dev_t
    var inode: ino_t
  }

  /// Throws for an empty path, for one that ends in a link, and for one with a link to nothing or a
  /// part that may not be read.
  package init(_ given: String) throws(FileFault) {
    guard !given.isEmpty else { throw .emptyPath }
    self.given = given
    var current = "/"
    if !given.hasPrefix("/") {
      guard let folder = realpath(".", nil) else {
        throw .unwritable(path: given, reason: "the present folder is gone")
      }
      current = String(cString: folder)
      free(folder)
    }
    var missing: [String] = []
    let parts = given.utf8.split(separator: 0x2F).map { String(Substring($0)) }
    for (index, part) in parts.enumerated() where part != "." {
      if part == ".." {
        if missing.popLast() == nil { current = Files.parent(of: current) }
        if current.isEmpty { current = "/" }
        continue
      }
      let next = current == "/" ? "/\(part)" : "\(current)/\(part)"
      var status = stat()
      guard missing.isEmpty, lstat(next, &status) == 0 else {
        if missing.isEmpty, errno != ENOENT {
          throw .unwritable(path: given, reason: Files.reason())
        }
        missing.append(part)
        continue
      }
      guard status.st_mode & S_IFMT == S_IFLNK else {
        current = next
        continue
      }
      guard let real = realpath(next, nil) else {
        throw .unwritable(path: given, reason: "'\(part)' is a link to what is not there")
      }
      let destination = String(cString: real)
      free(real)
      // A link in the middle of a path is how disks are arranged; one in the place of the output would make
      // somebody else's folder the output.
      guard parts[(index + 1)...].contains(where: { $0 != "." }) else {
        throw .isLink(path: given, destination: destination)
      }
      current = destination
    }
    self.missing = missing
    path = ([current == "/" && !missing.isEmpty ? "" : current] + missing).joined(separator: "/")
    nodes = Self.nodes(of: current)
  }

  /// What a path leads to that is there already, links followed; nil where nothing is.
  init?(existing given: String) {
    guard let real = realpath(given, nil) else { return nil }
    self.given = given
    path = String(cString: real)
    free(real)
    missing = []
    nodes = Self.nodes(of: path)
  }

  /// Whether something is at the place.
  var exists: Bool { missing.isEmpty }

  /// Whether this place is the other one or holds it, by device and inode along what is there of both.
  func holds(_ other: OutputPlace) -> Bool {
    guard let last = nodes.last else { return false }
    if missing.isEmpty { return other.nodes.contains(last) }
    return last == other.nodes.last && other.missing.starts(with: missing)
  }

  private static func nodes(of path: String) -> [Node] {
    var nodes: [Node] = []
    var prefix = ""
    for part in [""] + path.utf8.split(separator: 0x2F).map({ String(Substring($0)) }) {
      prefix = part.isEmpty ? "/" : prefix == "/" ? "/\(part)" : "\(prefix)/\(part)"
      var status = stat()
      guard lstat(prefix, &status) == 0 else { break }
      nodes.append(Node(device: status.st_dev, inode: status.st_ino))
    }
    return nodes
  }
}
