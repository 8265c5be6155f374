import Datasets
import Testing

@Suite struct BatchTests {
  @Test func measuresMeanAndDeviation() {
    let split = ImageSplit(
      pixels: [0, 10, 9, 255, 10, 9, 0, 20, 9, 255, 20, 9], labels: [0], identifiers: ["x"])
    let result = Normalization(measuring: split, channels: 3)
    #expect(abs(result.mean[0] - 0.5) < 1e-15 && abs(result.std[0] - 0.5) < 1e-15)
    #expect(abs(result.mean[1] - 15.0 / 255) < 1e-15 && abs(result.std[1] - 5.0 / 255) < 1e-15)
    // A constant channel.
    #expect(abs(result.mean[2] - 9.0 / 255) < 1e-15 && result.std[2] == 1)
  }

  @Test func fillsInTheOrderAsked() {
    let count = 3 * 4 * 3
    let pixels: [UInt8] = (0..<count).map { UInt8($0 * 7) }
    let split = ImageSplit(pixels: pixels, labels: [0, 1, 0], identifiers: ["a", "b", "c"])
    let normalization = Normalization(mean: [0.1, 0.5, 0.9], std: [0.2, 1, 0.5])
    let indices = [9, 2, 0, 2, 9]
    var batch = [Float](repeating: .nan, count: 3 * 12 + 1)
    batch.withUnsafeMutableBufferPointer {
      split.fill(
        $0.baseAddress!, indices: indices[1..<4], pixelsPerImage: 4, channels: 3,
        normalization: normalization)
    }
    for (position, image) in [2, 0, 2].enumerated() {
      for offset in 0..<12 {
        let channel = offset % 3
        let value = Double(pixels[image * 12 + offset]) / 255
        let expected = (value - normalization.mean[channel]) / normalization.std[channel]
        #expect(batch[position * 12 + offset] == Float(expected))
      }
    }
    #expect(batch[36].isNaN)
  }

  /// Normalised training images have mean 0 and deviation 1.
  @Test func normalises() {
    let pixels = (0..<10 * 256).map { UInt8(truncatingIfNeeded: $0 * $0 / 3) }
    let split = ImageSplit(
      pixels: pixels, labels: Array(repeating: 0, count: 10),
      identifiers: (0..<10).map { "\($0)" })
    var batch = [Float](repeating: 0, count: pixels.count)
    batch.withUnsafeMutableBufferPointer {
      split.fill(
        $0.baseAddress!, indices: Array(0..<10)[...], pixelsPerImage: 256, channels: 1,
        normalization: Normalization(measuring: split, channels: 1))
    }
    let count = Double(batch.count)
    let mean = batch.reduce(0.0) { $0 + Double($1) } / count
    let square = batch.reduce(0.0) { $0 + Double($1) * Double($1) } / count
    #expect(abs(mean) < 1e-6 && abs(square - 1) < 1e-6)
  }

  @Test func ordersOfEpochs() {
    let order = BatchOrder(count: 70, batchSize: 32, seed: 1, epoch: 1)
    #expect(order.indices.sorted() == Array(0..<70))
    #expect(order.batchCount == 3)
    #expect((0..<3).map { order.batch($0).count } == [32, 32, 6])
    #expect((0..<3).flatMap { order.batch($0) } == order.indices)
    #expect(order.indices == BatchOrder(count: 70, batchSize: 8, seed: 1, epoch: 1).indices)
    #expect(order.indices != BatchOrder(count: 70, batchSize: 32, seed: 1, epoch: 2).indices)
    #expect(order.indices != BatchOrder(count: 70, batchSize: 32, seed: 2, epoch: 1).indices)
    #expect(BatchOrder(count: 5, batchSize: 2).indices == [0, 1, 2, 3, 4])
    #expect(BatchOrder(count: 0, batchSize: 2).batchCount == 0)
  }
}
