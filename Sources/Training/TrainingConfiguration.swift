import Datasets
import Network

/// Everything that decides what a training run computes, besides the data's bytes and the number of threads.
package struct TrainingConfiguration: Sendable, Codable, Equatable {
  /// DATA as given on the command line.
  package var source: String
  /// How the data become images, classes and parts.
  package var data: DatasetOptions
  /// How the network's blocks compute.
  package var architecture: Architecture
  /// Channels of each block, 2 to 13 blocks; one exit per block.
  package var widths: [Int]
  /// How every exit turns scores into its map, and pools by it.
  package var attention: AttentionKind
  /// With the full λ; `lambda(epoch:)` gives that of an epoch.
  package var loss: GuidedLossOptions
  /// Epochs over which λ rises in equal steps to its full value; 0 for none.
  package var lambdaWarmup: Int
  /// Passes over the training part, at least 1.
  package var epochs: Int
  /// Images per step, at least 2; a single image left over joins the batch before it.
  package var batchSize: Int
  /// The learning rate by epoch.
  package var schedule: StepSchedule
  /// Seeds initialisation and shuffling.
  package var seed: UInt64

  /// The paper's protocol, where it gives one.
  package init(
    source: String, data: DatasetOptions = DatasetOptions(), architecture: Architecture = .plain,
    widths: [Int] = NetworkConfiguration.paperWidths, attention: AttentionKind = .softmax,
    loss: GuidedLossOptions = GuidedLossOptions(), lambdaWarmup: Int = 0, epochs: Int = 50,
    batchSize: Int = 32, schedule: StepSchedule = StepSchedule(), seed: UInt64 = 1
  ) {
    self.source = source
    self.data = data
    self.architecture = architecture
    self.widths = widths
    self.attention = attention
    self.loss = loss
    self.lambdaWarmup = lambdaWarmup
    self.epochs = epochs
    self.batchSize = batchSize
    self.schedule = schedule
    self.seed = seed
  }

  /// Runs made before there were architectures are plain.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    source = try fields.decode(String.self, forKey: .source)
    data = try fields.decode(DatasetOptions.self, forKey: .data)
    architecture = try fields.decodeIfPresent(Architecture.self, forKey: .architecture) ?? .plain
    widths = try fields.decode([Int].self, forKey: .widths)
    attention = try fields.decode(AttentionKind.self, forKey: .attention)
    loss = try fields.decode(GuidedLossOptions.self, forKey: .loss)
    lambdaWarmup = try fields.decode(Int.self, forKey: .lambdaWarmup)
    epochs = try fields.decode(Int.self, forKey: .epochs)
    batchSize = try fields.decode(Int.self, forKey: .batchSize)
    schedule = try fields.decode(StepSchedule.self, forKey: .schedule)
    seed = try fields.decode(UInt64.self, forKey: .seed)
  }

  /// A baseline's configuration beside this one: no consistency term, and nothing that only it has.
  package var baseline: TrainingConfiguration {
    var configuration = self
    configuration.loss = loss.baseline
    configuration.lambdaWarmup = 0
    return configuration
  }

  /// λ of an epoch, from 0.
  package func lambda(epoch: Int) -> Double {
    guard epoch < lambdaWarmup else { return loss.lambda }
    return loss.lambda * Double(epoch + 1) / Double(lambdaWarmup + 1)
  }
}
