import Datasets
import Network

/// The C of one network: sizes and names in `exitlens_model.h`, structure and tables in `exitlens_model.c`.
struct EdgeModelSource {
  let configuration: NetworkConfiguration
  let classNames: [String]
  let normalization: Normalization
  let precision: EdgePrecision
  let weights: EdgeWeights

  /// Bytes that the engine works in.
  var workspaceSize: Int { 4 * (4 * bufferSize + scratchSize) }

  var header: String {
    """
    /* Made by exitlens export. */
    #ifndef EXITLENS_MODEL_H
    #define EXITLENS_MODEL_H

    #include "exitlens_engine.h"

    /* An image: [EXITLENS_HEIGHT][EXITLENS_WIDTH][EXITLENS_CHANNELS] bytes. */
    #define EXITLENS_HEIGHT \(configuration.input.height)
    #define EXITLENS_WIDTH \(configuration.input.width)
    #define EXITLENS_CHANNELS \(configuration.channels)
    #define EXITLENS_CLASSES \(configuration.classes)
    #define EXITLENS_EXITS \(configuration.exitCount)
    #define EXITLENS_WEIGHT_BYTES \(weights.bytes.count)
    #define EXITLENS_BUFFER_FLOATS \(bufferSize)
    /* Of the workspace that exitlens_run needs, aligned to 64. */
    #define EXITLENS_WORKSPACE_BYTES \(workspaceSize)
    /* Share of the largest logit by which a logit may differ from the one that ExitLens computed. */
    #define EXITLENS_TOLERANCE \(precision.tolerance)

    extern const exitlens_network exitlens_model;
    extern const char *const exitlens_class_names[EXITLENS_CLASSES];

    #endif

    """
  }

  var source: String {
    let names = classNames.map { "  \(Self.literal($0))," }.joined(separator: "\n")
    let table = normalization.table.map { "\($0)f" }
    let rows = stride(from: 0, to: table.count, by: 8).map {
      "  " + table[$0..<min($0 + 8, table.count)].joined(separator: ", ") + ","
    }
    let stages = configuration.widths.indices.map(stage).joined(separator: "\n")
    return """
      /* Made by exitlens export. */
      #include "exitlens_model.h"

      /* exitlens_weights.S */
      extern const unsigned char exitlens_weights[EXITLENS_WEIGHT_BYTES];

      const char *const exitlens_class_names[EXITLENS_CLASSES] = {
      \(names)
      };

      static const float normalization[EXITLENS_CHANNELS * 256] = {
      \(rows.joined(separator: "\n"))
      };

      static const exitlens_stage stages[EXITLENS_EXITS] = {
      \(stages)
      };

      const exitlens_network exitlens_model = {
        EXITLENS_HEIGHT, EXITLENS_WIDTH, EXITLENS_CHANNELS, EXITLENS_CLASSES, EXITLENS_EXITS,
        \(configuration.attention == .softmax ? 1 : 0), \(precision == .float16 ? 1 : 0),
        normalization, stages, exitlens_weights
      };

      """
  }

  private func stage(_ index: Int) -> String {
    let block =
      switch configuration.block(index) {
      case .plain: "EXITLENS_PLAIN"
      case .residual: "EXITLENS_RESIDUAL"
      case .separable: "EXITLENS_SEPARABLE"
      }
    let grid = configuration.blockGrid(index)
    let exit = weights.exits[index]
    let convolutions = weights.convolutions[index].map { convolution -> String in
      let kernel =
        switch convolution.shape.kernel {
        case .full: "EXITLENS_FULL"
        case .pointwise: "EXITLENS_POINTWISE"
        case .depthwise: "EXITLENS_DEPTHWISE"
        }
      return
        "{\(kernel), \(convolution.inputs), \(convolution.outputs), \(convolution.weights), \(convolution.bias)}"
    }
    let missing = [String](repeating: "{EXITLENS_FULL, 0, 0, 0, 0}", count: 3 - convolutions.count)
    return """
        {\(block), \(grid.height), \(grid.width), \(configuration.pools(index) ? 1 : 0),
         {\((convolutions + missing).joined(separator: ",\n      "))},
         \(exit.attention), \(exit.attentionBias), \(exit.head), \(exit.headBias)},
      """
  }

  /// Floats of the largest image of activations with its border.
  private var bufferSize: Int {
    let sizes = configuration.widths.indices.map { index in
      let grid = configuration.blockGrid(index)
      let most = weights.convolutions[index].map { max($0.inputs, $0.outputs) }.max()!
      return (grid.height + 2) * (grid.width + 2) * most
    }
    return EdgeWeights.filled(sizes.max()!)
  }

  /// Floats of an exit's pooled channels, map, logits and probabilities.
  private var scratchSize: Int {
    let channels = configuration.widths.max()!
    let cells = configuration.exitGrids.map(\.count).max()!
    return EdgeWeights.filled(channels) + EdgeWeights.filled(cells)
      + 2 * EdgeWeights.filled(configuration.classes)
  }

  /// A C string: whatever is not a plain letter, digit or mark becomes an octal escape.
  private static func literal(_ text: String) -> String {
    let characters = text.utf8.map { byte -> String in
      let isPlain =
        (0x20...0x7E).contains(byte)
        && ![UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?")].contains(byte)
      if isPlain { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    return "\"\(characters.joined())\""
  }
}
