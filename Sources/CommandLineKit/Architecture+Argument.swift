import ArgumentParser
import Network

extension Architecture: ExpressibleByArgument {}
