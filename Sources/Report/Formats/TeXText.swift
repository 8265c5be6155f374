import Foundation

/// Text for LaTeX with no package at all: ASCII only, every special character escaped, so that a name from outside
/// can neither end a cell nor run a command.
enum TeXText {
  /// A name as pages show it (`DisplayText.name`), for LaTeX.
  static func name(_ text: String, limit: Int = 80) -> String {
    escaped(DisplayText.name(text, limit: limit))
  }

  /// Letters with accents become LaTeX's accents; what LaTeX's standard fonts lack becomes its number, "[U+4E2D]".
  static func escaped(_ text: String) -> String {
    var result = ""
    var accents: [String] = []
    var base = ""
    var previous: Unicode.Scalar?
    func flush() {
      result += accents.reduce(base) { "\\\($1){\($0)}" }
      (base, accents) = ("", [])
    }
    for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
      if let accent = Self.accents[scalar], base.count == 1, base.first?.isLetter == true {
        accents.append(accent)
        continue
      }
      flush()
      // Two of these would run together into another character.
      if scalar == previous, ["-", "'", ","].contains(scalar) { result += "{}" }
      previous = scalar
      base = Self.escaped(scalar)
    }
    flush()
    return result
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    if let written = special[scalar] { return written }
    if scalar.value >= 0x20, scalar.value < 0x7F { return String(scalar) }
    return "{[}U+" + hexadecimal(scalar.value) + "{]}"
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// TeX's own characters; those that start a ligature or, behind a row's end, an option; and the few others that
  /// reports and names use and LaTeX has.
  private static let special: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
    "^": "\\textasciicircum{}", "_": "\\_", "~": "\\textasciitilde{}", "%": "\\%",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "''",
    "`": "{}\\textquoteleft{}",
    "[": "{[}", "]": "{]}", "*": "{*}",
    "\u{A0}": "~", "\u{2212}": "$-$", "\u{D7}": "$\\times$", "\u{B1}": "$\\pm$",
    "\u{B7}": "$\\cdot$", "\u{2264}": "$\\le$", "\u{2265}": "$\\ge$", "\u{2192}": "$\\to$",
    "\u{2013}": "--", "\u{2014}": "---", "\u{2018}": "{}\\textquoteleft{}", "\u{2019}": "'",
    "\u{201C}": "``", "\u{201D}": "''", "\u{2026}": "\\dots{}", "\u{B0}": "$^\\circ$",
    "\u{B2}": "$^2$", "\u{B3}": "$^3$", "\u{B5}": "$\\mu$",
    "ß": "\\ss{}", "æ": "\\ae{}", "Æ": "\\AE{}", "œ": "\\oe{}", "Œ": "\\OE{}", "ø": "\\o{}",
    "Ø": "\\O{}", "ł": "\\l{}", "Ł": "\\L{}", "ı": "\\i{}",
    "α": "$\\alpha$", "β": "$\\beta$", "γ": "$\\gamma$", "δ": "$\\delta$", "ε": "$\\epsilon$",
    "ζ": "$\\zeta$", "η": "$\\eta$", "θ": "$\\theta$", "ι": "$\\iota$", "κ": "$\\kappa$",
    "λ": "$\\lambda$", "μ": "$\\mu$", "ν": "$\\nu$", "ξ": "$\\xi$", "π": "$\\pi$",
    "ρ": "$\\rho$", "σ": "$\\sigma$", "τ": "$\\tau$", "υ": "$\\upsilon$", "φ": "$\\phi$",
    "χ": "$\\chi$", "ψ": "$\\psi$", "ω": "$\\omega$", "Γ": "$\\Gamma$", "Δ": "$\\Delta$",
    "Θ": "$\\Theta$", "Λ": "$\\Lambda$", "Ξ": "$\\Xi$", "Π": "$\\Pi$", "Σ": "$\\Sigma$",
    "Φ": "$\\Phi$", "Ψ": "$\\Psi$", "Ω": "$\\Omega$",
  ]

  /// Combining marks and LaTeX's commands for them, those that every text font has.
  private static let accents: [Unicode.Scalar: String] = [
    "\u{300}": "`", "\u{301}": "'", "\u{302}": "^", "\u{303}": "~", "\u{304}": "=",
    "\u{306}": "u", "\u{307}": ".", "\u{308}": "\"", "\u{30A}": "r", "\u{30B}": "H",
    "\u{30C}": "v", "\u{327}": "c",
  ]
}
