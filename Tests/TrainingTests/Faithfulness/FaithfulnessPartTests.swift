import Network
import TensorCore
import Testing
import Training

@Suite struct PixelOrderTests {
  @Test func largestFirstTiesInTheGivenOrderNaNLast() {
    var generator = SeededGenerator(seed: 1)
    let ties = PixelOrder(random: 8, using: &generator)
    let map: [Float] = [0.5, .nan, -1, 2, 0.5, 0, -0.0, 0.5]
    let order = PixelOrder(descending: map, ties: ties).pixels
    #expect(order.first == 3)
    #expect(Array(order[1...3]) == ties.pixels.filter { [0, 4, 7].contains($0) })
    #expect(Array(order[4...5]) == ties.pixels.filter { [5, 6].contains($0) })
    #expect(Array(order[6...7]) == [2, 1])
  }

  /// A flat map says nothing: its order is the random one.
  @Test func flatMapIsRandom() {
    var generator = SeededGenerator(seed: 2)
    let ties = PixelOrder(random: 50, using: &generator)
    let flat = PixelOrder(descending: [Float](repeating: 0.02, count: 50), ties: ties)
    #expect(flat.pixels == ties.pixels)
    #expect(ties.pixels.sorted() == Array(0..<50))
  }
}

@Suite struct LinearImputationTests {
  /// A pixel in the mean of whose neighbours it already lies does not move: planes come back, on wide and tall images.
  @Test(arguments: [GridSize(height: 9, width: 6), GridSize(height: 6, width: 9)])
  func planeComesBack(grid: GridSize) {
    let plane = (0..<grid.count).map { Float($0 / grid.width) - 2 * Float($0 % grid.width) }
    let removed = (0..<grid.count).filter {
      (1..<grid.height - 1).contains($0 / grid.width)
        && (1..<grid.width - 1).contains($0 % grid.width)
    }
    var image = plane
    for pixel in removed { image[pixel] = 1000 }
    let imputation = LinearImputation(grid: grid, channels: 1)
    for _ in 0..<2 {
      image.withUnsafeMutableBufferPointer {
        imputation.impute($0.baseAddress!, removed: removed.map { Int32($0) })
      }
      #expect(relativeDifference(image, plane) <= 1e-6)
    }
  }

  /// With one pixel left, all take its value.
  @Test func onePixelFillsTheImage() {
    var image = [Float](repeating: 0, count: 35)
    image[17] = 3
    image.withUnsafeMutableBufferPointer {
      LinearImputation(grid: GridSize(height: 5, width: 7), channels: 1).impute(
        $0.baseAddress!, removed: (0..<35).filter { $0 != 17 }.map { Int32($0) })
    }
    #expect(relativeDifference(image, [Float](repeating: 3, count: 35)) <= 1e-6)
  }
}

@Suite struct FaithfulnessSamplesTests {
  @Test func everyClassItsShareEvenlySpaced() {
    // 60 of class 0, 30 of class 1, 10 of class 2, in turn 0 0 0 1 0 1 0 1 0 2 …
    let labels = (0..<100).map { [0, 0, 0, 1, 0, 1, 0, 1, 0, 2][$0 % 10] }
    let chosen = FaithfulnessSamples.choose(10, labels: labels, classCount: 3)
    #expect(chosen == chosen.sorted() && Set(chosen).count == 10)
    #expect((0..<3).map { label in chosen.count { labels[$0] == label } } == [6, 3, 1])
    #expect(chosen.filter { labels[$0] == 2 } == [59])
  }

  @Test func noClassIsLeftOutWhereThereIsRoom() {
    let labels = [Int](repeating: 0, count: 500) + [1, 2]
    let chosen = FaithfulnessSamples.choose(4, labels: labels, classCount: 4)
    #expect(chosen.count == 4 && chosen.contains(500) && chosen.contains(501))
    #expect(FaithfulnessSamples.choose(1, labels: labels, classCount: 4).count == 1)
    #expect(FaithfulnessSamples.choose(9999, labels: labels, classCount: 4) == Array(0..<502))
  }
}

@Suite struct WeightRandomizationTests {
  /// Blocks from the given one on and every attention module are new, the others as trained; each draw is another.
  @Test(arguments: [0, 2, 5])
  func cascadesFromTheTop(first: Int) throws {
    let configuration = NetworkConfiguration(
      input: GridSize(height: 16, width: 16), channels: 1, classes: 3, widths: [4, 6, 8, 8, 8])
    let trained = EarlyExitNetwork(configuration, seed: 1)
    for tensor in trained.tensors {
      trained.load(tensor.values.map { $0 + 0.5 }, named: tensor.name)
    }
    let check = WeightRandomization(trained, draws: 2, lanes: Lanes(1))
    let (one, other) = (
      check.randomized(from: first, draw: 0), check.randomized(from: first, draw: 1)
    )
    for (index, tensor) in trained.tensors.enumerated() {
      let block = Int(tensor.name.split(separator: ".")[1])!
      let isKept = tensor.name.hasPrefix("blocks.") && block < first
      #expect((one.tensors[index].values == tensor.values) == isKept, "\(tensor.name)")
      if !isKept, !tensor.name.contains("norm") {
        #expect(one.tensors[index].values != other.tensors[index].values, "\(tensor.name)")
      }
    }
  }
}
