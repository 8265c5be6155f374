/// Names of what systems and tools put into folders by themselves: no owner means them to be data.
enum SystemNames {
  private static let folders: Set<String> = [
    "@eadir", "@tmp", "@recycle", "@sharebin", "#recycle", "#snapshot", "__macosx", "lost+found",
    "$recycle.bin", "recycler", "system volume information", "__pycache__", "thumbnails",
  ]
  private static let files: Set<String> = ["thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"]

  /// A folder of the system's, or a hidden one: `.git`, `.ipynb_checkpoints`, `.thumbnails`.
  /// - Parameter besideImages: whether images lie beside it: then `thumbs` holds small copies, and is no gesture.
  static func isFolder(_ name: [UInt8], besideImages: Bool) -> Bool {
    let text = BytePath.text(of: name).lowercased()
    return name.first == UInt8(ascii: ".") || folders.contains(text)
      || besideImages && text == "thumbs"
  }

  /// A file that goes with the folder or with another file: `Thumbs.db`, a Mac's `._name.jpg`.
  static func isFile(_ name: [UInt8]) -> Bool {
    name.starts(with: "._".utf8) || files.contains(BytePath.text(of: name).lowercased())
  }
}
