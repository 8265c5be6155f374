import Recordings
import TensorCore

/// One exit's attention maps against those under random weights, stage by stage.
struct RandomizationScan {
  private(set) var series: [FaithfulnessMeasure: [Double?]] = [:]
  /// [stage][draw], the mean Spearman correlation over samples; nil where none is defined.
  private(set) var drawMeans: [[Double?]] = []
  /// [stage], samples and draws with two defined maps.
  private(set) var definedCounts: [Int] = []

  /// - Parameter attention: [samples, grid.height, grid.width].
  init(attention: [Float], _ maps: RecordedFaithfulness.Randomized.Maps, draws: Int, grid: GridSize)
  {
    let pair = MapPair(grid: grid)
    let cells = grid.count
    let sampleCount = attention.count / cells
    for stage in 0..<maps.stages {
      // [draw][sample]
      var spearman = [[Double?]](
        repeating: [Double?](repeating: nil, count: sampleCount), count: draws)
      var centred = spearman
      var structure = spearman
      for draw in 0..<draws {
        for sample in 0..<sampleCount {
          let place = ((draw * maps.stages + stage) * sampleCount + sample) * cells
          let isDefined = attention.withUnsafeBufferPointer { attention in
            maps.values.withUnsafeBufferPointer {
              pair.load(attention.baseAddress! + sample * cells, $0.baseAddress! + place)
            }
          }
          guard isDefined else { continue }
          spearman[draw][sample] = pair.spearman
          centred[draw][sample] = pair.centred
          structure[draw][sample] = pair.structuralSimilarity
        }
      }
      func mean(_ values: [[Double?]]) -> [Double?] {
        (0..<sampleCount).map { sample in values.map { $0[sample] }.definedMean }
      }
      series[.randomized(stage: stage, .spearman)] = mean(spearman)
      series[.randomized(stage: stage, .centred)] = mean(centred)
      series[.randomized(stage: stage, .structuralSimilarity)] = mean(structure)
      drawMeans.append(spearman.map(\.definedMean))
      definedCounts.append(spearman.reduce(0) { $0 + $1.count { $0 != nil } })
    }
  }
}
