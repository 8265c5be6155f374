/// What is known of a model and its reference on the same samples, beside the numbers of `Subject.difference`.
public struct PairedResult: Sendable {
  /// One entry an exit of the model.
  public var exits: [PairedExit]
  /// One entry an exit; empty where it was not computed.
  public var calibration: [PairedCalibration] = []
  /// How the two models' training runs belong together.
  public var design: RunDesign?
  /// What stopping early costs and brings.
  public var ledger: PairedLedger?
  /// Why nothing may be said of differences between maps; nil where nothing speaks against it.
  public var mapPremise: MapPremise?

  package init(exits: [PairedExit]) {
    self.exits = exits
  }
}

/// How the samples' differences of the cosine spread at one exit.
public struct PairedExit: Sendable {
  /// From 1.
  public var exit: Int
  /// In 80 bins from −2 to 2; nil where no sample is defined in both models, as are the shares.
  public var deltaHistogram: Histogram?
  /// Shares of those samples whose cosine is lower and higher than under the reference; the rest are the same to the last
  /// bit.
  public var shareBelow: Double?
  /// Share of images whose cosine is higher than the reference's; nil where none is defined.
  public var shareAbove: Double?

  package init(exit: Int) { self.exit = exit }
}
