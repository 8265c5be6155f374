extension Command {
  /// The same command in a shell that has set something up: `ulimit -v 200000`. What hangs is killed after two minutes:
  /// code 137. (SIGTERM may be blocked in a process that tests start.)
  func after(_ setup: String) -> Command {
    var command = self
    command.wrapper = [
      "/usr/bin/timeout", "-s", "KILL", "120", "/bin/bash", "-c", "\(setup); exec \"$@\"", "bash",
    ]
    return command
  }

  /// The same command with its standard output elsewhere: `> /dev/full`, `>&-`.
  func printing(_ redirection: String) -> Command {
    var command = self
    command.wrapper = [
      "/usr/bin/timeout", "-s", "KILL", "120", "/bin/bash", "-c", "exec \"$@\" \(redirection)",
      "bash",
    ]
    return command
  }
}
