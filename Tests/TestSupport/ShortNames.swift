import Analysis

/// How far maps agree with the final exit's at a place, for tests to read.
public struct AgreementView: Sendable {
  public var cosine: Estimate
  public var null: Double?
  public var excess: Estimate?
  public var centred: Estimate
  public var centredNull: Double?
  public var cosineOnExitGrid: Double?
  public var ceiling: Double?
}

extension PlaceNumbers {
  /// nil where no sample is defined.
  var agreement: AgreementView? {
    guard let cosine = self[.cosine], let centred = self[.centred] else { return nil }
    return AgreementView(
      cosine: cosine.estimate, null: cosine.null, excess: self[.excess]?.estimate,
      centred: centred.estimate, centredNull: centred.null,
      cosineOnExitGrid: self[.cosineOnExitGrid]?.value, ceiling: self[.ceiling]?.value)
  }
}

extension ExitView {
  public var consistency: AgreementView? { numbers.agreement }
  public var accuracy: Estimate { self[.accuracy]!.estimate }
  public var spread: Double? { self[.spread]?.value }
  public var entropy: Double? { self[.entropy]?.value }
}

extension MeanView {
  public var consistency: AgreementView? { numbers.agreement }
  public var accuracy: Double { self[.accuracy]!.value }
  public var spread: Double? { self[.spread]?.value }
  public var n: Int { self[.cosine]?.n ?? 0 }
  /// Of the cosine's difference.
  public var p: Double? { self[.cosine]?.p }
}

extension PairedExitView {
  public var deltaCosine: Estimate? { self[.cosine]?.estimate }
  public var deltaCentred: Estimate? { self[.centred]?.estimate }
  public var deltaAccuracy: Estimate? { self[.accuracy]?.estimate }
  public var cosine: Number? { self[.cosine] }
  public var accuracy: Number? { self[.accuracy] }
  public var spread: Number? { self[.spread] }
  /// Of the cosine's difference.
  public var p: Double? { self[.cosine]?.p }
}

extension Number {
  /// Of a difference.
  public var delta: Estimate { estimate }
}
