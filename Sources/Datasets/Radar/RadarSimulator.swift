/// The whole chain for one recording after another: scene, beat signal, transforms, picture.
package struct RadarSimulator: ~Copyable {
  private var transform = RangeDopplerTransform()
  private var image = RadarImage()
  /// [samplesPerChirp]: the beat signal of what rests, the same in every chirp.
  private let resting: UnsafeMutablePointer<ComplexLanes>

  /// Allocates the memory of all recordings, freed with this value: use one per thread.
  package init() {
    resting = .allocate(capacity: RadarParameters.samplesPerChirp)
    resting.initialize(repeating: .zero, count: RadarParameters.samplesPerChirp)
  }

  deinit { resting.deallocate() }

  /// Records a scene.
  /// - Parameters:
  ///   - noise: the receivers' noise; each recording needs its own.
  ///   - pixels: [64, 64, 3], overwritten.
  package mutating func record(
    _ scene: RadarScene, noise: ReceiverNoise, to pixels: UnsafeMutablePointer<UInt8>
  ) {
    var noise = noise
    let samples = RadarParameters.samplesPerChirp
    resting.update(repeating: .zero, count: samples)
    var furniture = BeatSignal(scene.furniture)
    furniture.addNextChirp(to: resting)
    transform.reset()
    for frame in 0..<RadarParameters.framesPerGesture {
      var moving = BeatSignal(scene.tracks(inFrame: frame))
      let level = Float(scene.noise(inFrame: frame))
      for chirp in 0..<RadarParameters.chirpsPerFrame {
        let row = transform.chirpSamples + chirp * samples
        for sample in 0..<samples { row[sample] = resting[sample] + noise.next() * level }
        moving.addNextChirp(to: row)
      }
      transform.transform()
      image.setColumn(frame, from: transform.map)
    }
    image.write(to: pixels)
  }
}
