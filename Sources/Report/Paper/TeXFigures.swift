import CairoKit
import Rendering

/// What to copy into a paper: one environment a figure, its caption with it.
enum TeXFigures {
  /// - Parameter gaps: characters of class names that were drawn with another font, or not.
  static func document(_ figures: [any PaperFigure], gaps: FontGaps) -> String {
    let intro = """
      % Figures at their final size: do not scale them. Needs \\usepackage{graphicx}.

      """
    return intro + gaps.notes.map { "% \(TeXText.escaped($0))\n" }.joined()
      + figures.map { figure in
        """

        \\begin{figure}
        \\centering
        \\includegraphics{\(figure.name)}
        \\caption{\(TeXText.escaped(figure.caption))}
        \\label{fig:\(figure.name)}
        \\end{figure}

        """
      }.joined()
  }
}
