import ImageCodec
import TensorCore

extension RadarSynthesiser {
  /// The radar set as a dataset: 1,363 training images (of which validation is taken) and 1,364 test
  /// images of other people, or as many of them and of their classes as the options ask for.
  ///
  /// Images are simulated at 64×64 and resized where the options want another size; in grey they keep
  /// the luma of the three channels. Only images that take part are simulated.
  /// - Parameters:
  ///   - seed: the synthesiser's; `options.seed` draws and splits.
  ///   - progress: told (images done, images in all) now and then, on the caller's thread.
  /// - Throws: what the options ask for and the set does not have.
  package static func dataset(
    seed: UInt64, options: DatasetOptions, progress: ((Int, Int) -> Void)? = nil
  ) throws(DatasetFault) -> ImageDataset {
    let name = "radar, seed \(seed)"
    let names = RadarGesture.allCases.map(\.name)
    let choice = try ClassChoice(options.classes, of: names, at: name)
    var origins: [(part: Part, number: Int)] = []
    var labels: [Int] = []
    for part in Part.allCases {
      for number in 0..<part.count {
        guard let label = choice.newLabel(of: label(of: number)) else { continue }
        origins.append((part, number))
        labels.append(label)
      }
    }
    let source = LabelledImages(
      name: name, location: name, classNames: choice.labels.map { names[$0] }, labels: labels,
      identifiers: origins.map { "radar/\($0.part.rawValue)/\($0.number)" },
      parts: origins.map { $0.part == .training ? .training : .test })
    let plan = try SplitPlan(source, options: options)

    let channels = options.colorMode == .grey ? 1 : 3
    let size = options.size
    return DatasetAssembler.assemble(
      source, plan: plan, size: GridSize(height: size, width: size), channels: channels,
      progress: progress
    ) { [origins] index, target in
      let picture = picture(seed: seed, part: origins[index].part, number: origins[index].number)
      let image = ImageResampler.resize(
        channels == 1 ? picture.grey() : picture, width: size, height: size)
      image.pixels.withUnsafeBufferPointer {
        target.update(from: $0.baseAddress!, count: $0.count)
      }
    }
  }

  /// One image of the set as it is simulated.
  package static func picture(seed: UInt64, part: Part, number: Int) -> PixelImage {
    var simulator = RadarSimulator()
    let pixels = [UInt8](unsafeUninitializedCapacity: RadarImage.byteCount) { buffer, count in
      record(
        seed: seed, part: part, number: number, with: &simulator, to: buffer.baseAddress!)
      count = RadarImage.byteCount
    }
    return PixelImage(
      width: RadarParameters.framesPerGesture, height: RadarParameters.bins, channels: 3,
      pixels: pixels)
  }
}
