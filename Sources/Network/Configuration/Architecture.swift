/// How the network's blocks compute; exits and widths are the same in all.
package enum Architecture: String, Sendable, Codable, CaseIterable {
  /// conv 3×3 – BN – ReLU – max-pool: the paper's network.
  case plain
  /// conv 3×3 – BN – ReLU – conv 3×3 – BN, plus the block's input, – ReLU – max-pool (He et al., 2016). Where the
  /// number of channels changes, the input goes through a 1×1 conv – BN first.
  case residual
  /// depthwise 3×3 – BN – ReLU – pointwise 1×1 – BN – ReLU – max-pool (Howard et al., 2017). The first block is a
  /// plain one, as MobileNet's is: an image has too few channels for filters of one channel each.
  case separable
}
