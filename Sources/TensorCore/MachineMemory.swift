import COpenBLAS
import FileKit
import Glibc

/// How much memory there is: for those who are about to take a great deal.
public enum MachineMemory {
  /// Why this process cannot have so many bytes more; nil where nothing speaks against it.
  public static func problem(taking bytes: Int) -> String? {
    guard exl_has_room(bytes) != 0 else {
      return limit(RLIMIT_AS, "-v") ?? limit(RLIMIT_DATA, "-d") ?? "less from the system"
    }
    // Linux promises memory that is not there, and ends the process that then uses it.
    guard let most = machine, bytes > most else { return nil }
    return "\(most >> 20) MiB in the whole machine or container"
  }

  private static func limit(_ resource: __rlimit_resource, _ option: String) -> String? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0,
      limit.rlim_cur < rlim_t(Int64.max)
    else { return nil }
    return "less: `ulimit \(option)` is \(limit.rlim_cur >> 10)"
  }

  /// Bytes of memory and swap, or of the container's share; nil where the system does not say.
  private static let machine: Int? = {
    let lines = text("/proc/meminfo").split(separator: "\n")
    let sizes = ["MemTotal:", "SwapTotal:"].compactMap { key in
      lines.first { $0.hasPrefix(key) }
        .flatMap { Int($0.split(separator: " ")[1]) }.map { $0 << 10 }
    }
    // Of control groups, version 2 and version 1; "max", or no such file, where there is no limit.
    let shares = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
      .compactMap { Int(text($0).prefix { $0 != "\n" }) }
    return (shares + (sizes.isEmpty ? [] : [sizes.reduce(0, +)])).min()
  }()

  private static func text(_ path: String) -> String {
    (try? Files.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
