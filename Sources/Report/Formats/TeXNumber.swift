import Analysis

/// Numbers as tables print them: minus and plus in mathematics, a dash where there is none.
enum TeXNumber {
  static let missing = "---"

  static func fixed(_ value: Double?, _ decimals: Int = 3) -> String {
    mathematics(NumberFormat.fixed(value, decimals))
  }

  /// With a sign, bold on request.
  static func signed(_ value: Double?, _ decimals: Int = 3, isBold: Bool = false) -> String {
    mathematics(NumberFormat.signed(value, decimals), isBold: isBold)
  }

  /// "[0.721, 0.766]"; nil where a bound is missing. Braced, so that no row begins with a bracket, which TeX would take
  /// for an option of the row's end before.
  static func interval(_ estimate: Estimate?, _ decimals: Int = 3, isSigned: Bool = false)
    -> String?
  {
    NumberFormat.interval(estimate) {
      isSigned ? signed($0, decimals) : fixed($0, decimals)
    }.map { "{\($0)}" }
  }

  /// Mean and standard deviation over runs: "0.744 ± 0.021".
  static func spread(_ value: Double?, _ deviation: Double, _ decimals: Int = 3) -> String {
    let mean = NumberFormat.fixed(value, decimals).replacing("−", with: "-")
    return "$\(mean) \\pm \(NumberFormat.fixed(deviation, decimals))$"
  }

  /// A number as `NumberFormat` prints it, for TeX.
  static func mathematics(_ text: String, isBold: Bool = false) -> String {
    guard text != NumberFormat.missing else { return missing }
    let number = text.replacing("−", with: "-")
    if isBold { return "$\\mathbf{\(number)}$" }
    return number.first == "-" || number.first == "+" ? "$\(number)$" : number
  }
}
