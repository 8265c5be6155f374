import Analysis
import Foundation
import TensorCore
import Testing

/// Measures of single maps and pairs of maps against SciPy, scikit-image, scikit-learn and NumPy
/// (`Fixtures/maps/make_measures.py`). All is Double on the same cells: 1e-10.
struct MapMeasureTests {
  let golden: GoldenMeasures

  init() throws {
    golden = try GoldenMeasures.load()
  }

  @Test func spearmanIsSciPys() {
    for pair in golden.pairs {
      let value = RankCorrelation.spearman(pair.first, pair.second)
      #expect(isClose(value, pair.spearman, 1e-10), "\(pair.name)")
    }
    #expect(RankCorrelation.spearman([1, 2, 3], [2, 2, 2]) == nil)
    #expect(RankCorrelation.spearman([0, -0.0, 1], [5, 5, 7]) == 1)
  }

  /// Long arrays are sorted another way.
  @Test(arguments: [2, 79, 80, 1000])
  func ranksAreTheSameHoweverSorted(count: Int) {
    var generator = SeededGenerator(seed: 3)
    let cells = (0..<count).map { _ in Float(generator.normal() * 1e3).rounded() / 8 }
    let other = (0..<count).map { _ in Float(generator.uniform()) }
    func ranks(_ cells: [Float]) -> [Double] {
      cells.map { cell in
        Double(cells.count { $0 < cell }) + Double(cells.count { $0 == cell } + 1) / 2
      }
    }
    let (a, b) = (ranks(cells), ranks(other))
    let middle = Double(count + 1) / 2
    func product(_ x: [Double], _ y: [Double]) -> Double {
      zip(x, y).reduce(0) { $0 + ($1.0 - middle) * ($1.1 - middle) }
    }
    let expected = product(a, b) / (product(a, a) * product(b, b)).squareRoot()
    #expect(isClose(RankCorrelation.spearman(cells, other), expected, 1e-12))
  }

  @Test func structuralSimilarityIsScikitImages() {
    for pair in golden.pairs {
      let structure = StructuralSimilarity(grid: pair.grid)
      let (first, second) = (pair.first.map(Double.init), pair.second.map(Double.init))
      #expect(
        isClose(structure?.mean(first, second, range: 0.25), pair.ssimOfRawCells, 1e-10),
        "\(pair.name)")
      let relative = structure.flatMap { $0.ofRelative(pair.first, pair.second) }
      // Variances are differences of squares on both sides: of a flat map's, 1e-10 is rounding.
      #expect(isClose(relative, pair.ssim, 1e-8), "\(pair.name)")
    }
    let sides = [2, 3, 4, 6, 7, 64].map {
      StructuralSimilarity.window(on: .init(height: $0, width: 64))
    }
    #expect(sides == [nil, 3, 3, 5, 7, 7])
  }

  @Test func topCellsAreScikitLearns() {
    for pair in golden.pairs {
      for expected in pair.top {
        let top = TopCells(pair.first, pair.second, percent: expected.percent)
        #expect([top.firstCount, top.secondCount] == expected.sizes, "\(pair.name)")
        #expect(isClose(top.intersectionOverUnion, expected.agreement, 1e-12), "\(pair.name)")
        let chance = TopCells.chance(top.firstCount, top.secondCount, of: pair.first.count)
        #expect(isClose(chance, expected.chance, 1e-10), "\(pair.name)")
      }
    }
    #expect(
      [1, 9, 10, 11, 16, 100].map { TopCells.count(percent: 10, of: $0) } == [1, 1, 1, 2, 2, 10])
  }

  @Test func chanceIsTheHypergeometricMean() {
    for row in golden.chances {
      let value = TopCells.chance(row.sizes[0], row.sizes[1], of: row.cells)
      #expect(isClose(value, row.chance, 1e-10), "\(row.sizes) of \(row.cells)")
    }
    // Too many cells for the ends of the distribution to have a probability above the smallest Double.
    let large = TopCells.chance(10_036, 10_036, of: 50_176)
    #expect(isClose(large, 0.2 / 1.8, 1e-4))
  }

  @Test func concentrationIsNumPys() {
    for row in golden.concentration {
      let cells = row.cells
      #expect(isClose(Concentration.spread(cells, cells.count), row.spread, 1e-12))
      #expect(isClose(Concentration.entropy(cells, cells.count), row.entropy, 1e-12))
      #expect(isClose(Concentration.gini(cells, cells.count), row.gini, 1e-12))
    }
    for cells: [Double] in [
      [1], [-1, 2, 3], [-1, -2, 3], [0, 0, 0], [.nan, 1, 2], [1, .infinity, 2],
    ] {
      #expect(Concentration.spread(cells, cells.count) == nil, "\(cells)")
      #expect(Concentration.gini(cells, cells.count) == nil, "\(cells)")
      #expect(Concentration.entropy(cells, cells.count) == nil, "\(cells)")
    }
  }

  @Test func boxAverageKeepsTotals() {
    for row in golden.averages {
      let result = BoxAverage(from: row.source, to: row.target).apply(row.cells)
      #expect(zip(result, row.result).allSatisfy { isClose($0, $1, 1e-13) })
      #expect(
        isClose(
          result.reduce(0, +) / Double(result.count),
          row.cells.reduce(0, +) / Double(row.cells.count), 1e-13))
    }
  }

  @Test func contrastOfRightAndWrongAnswers() throws {
    for row in golden.contrasts {
      let contrast = CorrectnessContrast(row.values, isRight: row.right)
      #expect(isClose(contrast.rightMean, row.rightMean, 1e-12))
      #expect(isClose(contrast.wrongMean, row.wrongMean, 1e-12))
      #expect(isClose(contrast.auroc, row.auroc, 1e-12))
      // The series have the numbers as their means, and their variances.
      for (series, mean, variance) in [
        (contrast.aurocSeries, row.auroc, row.aurocVariance),
        (contrast.differenceSeries, row.rightMean - row.wrongMean, row.differenceVariance),
      ] {
        let values = series.compactMap { $0 }
        #expect(values.count == row.values.count { $0 != nil })
        let average = values.reduce(0, +) / Double(values.count)
        #expect(isClose(average, mean, 1e-12))
        let spread = values.reduce(0) { $0 + ($1 - average) * ($1 - average) }
        let count = Double(values.count)
        #expect(isClose(spread / (count * count), variance, 1e-12))
      }
    }
  }

  @Test func contrastNeedsBothKinds() {
    let contrast = CorrectnessContrast([0.5, nil, 0.7], isRight: [true, false, true])
    #expect(contrast.rightCount == 2 && contrast.wrongCount == 0)
    #expect(contrast.rightMean == 0.6 && contrast.wrongMean == nil)
    #expect(contrast.auroc == nil && contrast.difference == nil)
    #expect(contrast.aurocSeries.allSatisfy { $0 == nil })
  }
}
