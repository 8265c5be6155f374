import Analysis
import TensorCore

/// `samples.csv`: every sample, model and exit. It grows with the samples, so it is made part by part, on all cores.
enum SampleTable {
  static let name = "samples.csv"

  private static let header = [
    "sample", "identifier", "label", "class", "model", "exit", "prediction", "predicted_class",
    "correct", "confidence", "cosine", "centred", "map_maximum", "leaves_at", "delta_cosine",
    "spearman", "ssim", "top10", "top20", "shared_spread", "final_cosine",
  ]
  /// Samples that one core writes at a time, and how many such pieces make a part.
  private static let piece = 32
  private static let pieces = 16

  /// The file's bytes: the header, then the samples in order.
  static func parts(_ context: ReportContext) -> some Sequence<[UInt8]> {
    let count = context.result.samples.count
    let size = piece * pieces
    return (0...(count + size - 1) / size).lazy.map { number in
      if number == 0 { return CSVTable(header).bytes }
      let start = (number - 1) * size
      let end = min(start + size, count)
      let written = ParallelLoop.map((end - start + piece - 1) / piece) { number in
        let first = start + number * piece
        return rows(first..<min(first + piece, end), context)
      }
      return Array(written.joined())
    }
  }

  private static func rows(_ samples: Range<Int>, _ context: ReportContext) -> [UInt8] {
    var table = CSVTable(columns: header.count)
    let names = context.result.classNames
    func name(_ label: Int) -> String { names.indices.contains(label) ? names[label] : "" }
    for sample in context.result.samples[samples] {
      for (model, values) in sample.models.enumerated() {
        guard let values else { continue }
        for exit in values.predictions.indices {
          table.append([
            .integer(sample.index), .optional(context.identifier(sample.index)),
            .integer(sample.label), .text(name(sample.label)),
            .text(context.result.models[model].name), .integer(exit + 1),
            .integer(values.predictions[exit]), .text(name(values.predictions[exit])),
            .flag(values.predictions[exit] == sample.label), .number(values.confidences[exit]),
            .number(values.cosines[exit]), .number(values.centred[exit]),
            .number(values.mapMaxima[exit]), .integer(values.leavesAt),
            .number(sample.deltas[model]), .number(values.spearman, exit),
            .number(values.structuralSimilarity, exit), .number(values.top10, exit),
            .number(values.top20, exit), .number(values.sharedSpread, exit),
            .number(sample.finalCosines[model]),
          ])
        }
      }
    }
    return table.bytes
  }
}
