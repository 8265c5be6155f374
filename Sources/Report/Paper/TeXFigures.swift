import Rendering

/// What to copy into a paper: one environment a figure, its caption with it.
enum TeXFigures {
  static func document(_ figures: [any PaperFigure]) -> String {
    let intro = """
      % Figures at their final size: do not scale them. Needs \\usepackage{graphicx}.

      """
    return intro
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
