extension Command {
  /// The same command in a shell that has set something up: `ulimit -v 200000`. What hangs ends after two minutes, with
  /// code 124.
  func after(_ setup: String) -> Command {
    var command = self
    command.wrapper = [
      "/usr/bin/timeout", "120", "/bin/bash", "-c", "\(setup); exec \"$@\"", "bash",
    ]
    return command
  }

  /// The same command with its standard output elsewhere: `> /dev/full`, `>&-`.
  func printing(_ redirection: String) -> Command {
    var command = self
    command.wrapper = [
      "/usr/bin/timeout", "120", "/bin/bash", "-c", "exec \"$@\" \(redirection)", "bash",
    ]
    return command
  }
}
