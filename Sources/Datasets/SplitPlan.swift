import TensorCore

/// Which images make up which part.
///
/// Every class is shuffled by itself with the seed, and each part takes a class's share in proportion
/// (largest remainder, ties to the earlier class): the test part from the front, then training, whose
/// front becomes validation. So another training count leaves the test part as it is.
/// Training and test hold at least one image of each class.
package struct SplitPlan: Sendable, Equatable {
  /// Indices of the images, ascending.
  package let training: [Int]
  /// Indices of the images, ascending; empty where `validationFraction` is 0 or comes to no image.
  package let validation: [Int]
  /// Indices of the images, ascending.
  package let test: [Int]

  /// Draws the parts.
  ///
  /// Where the data bring a test part, the test images are drawn from it, else from all
  /// (`testCount`, or `testFraction` of them). `trainingCount` images are drawn from the others,
  /// validation included. Where the data bring a validation part, its images remain validation
  /// (and count towards `trainingCount`); else `validationFraction` of the training images do.
  /// With `validationFraction` 0 there is no validation part: such images join training.
  package init(_ images: LabelledImages, options: DatasetOptions) throws(DatasetFault) {
    if let problem = options.problem { throw problem }
    let wantsValidation = options.validationFraction > 0
    let hasTest = images.parts.contains(.test)
    let classCount = images.classNames.count
    var pools = Pools(classCount: classCount)
    for index in images.labels.indices {
      let label = images.labels[index]
      switch images.parts[index] {
      case .test: pools.test[label].append(index)
      case .validation where wantsValidation: pools.validation[label].append(index)
      case .validation, .training, nil: pools.training[label].append(index)
      }
    }
    let hasValidation = pools.validation.contains { !$0.isEmpty }
    pools.shuffle(seed: options.seed)

    let draw = Draw(images: images, options: options)
    if hasTest {
      pools.test = try draw.fixedTest(pools.test)
    } else {
      (pools.test, pools.training) = try draw.openTest(pools.training)
    }
    (pools.training, pools.validation) = try draw.training(pools.training, pools.validation)
    if wantsValidation, !hasValidation {
      (pools.validation, pools.training) = draw.openValidation(pools.training)
    }
    training = pools.training.joined().sorted()
    validation = pools.validation.joined().sorted()
    test = pools.test.joined().sorted()
  }

  /// The indices of a part.
  package func indices(of part: DatasetPart) -> [Int] {
    switch part {
    case .training: training
    case .validation: validation
    case .test: test
    }
  }

  /// Per part and class, image indices.
  private struct Pools {
    var training: [[Int]]
    var validation: [[Int]]
    var test: [[Int]]

    init(classCount: Int) {
      training = Array(repeating: [], count: classCount)
      validation = training
      test = training
    }

    /// Each class has a random stream of its own, so that one class does not disturb another.
    mutating func shuffle(seed: UInt64) {
      func shuffled(_ pool: [Int], _ stream: String) -> [Int] {
        var generator = SeededGenerator(seed: seed, stream: stream)
        return generator.permutation(pool.count).map { pool[$0] }
      }
      for label in training.indices {
        training[label] = shuffled(training[label], "split, class \(label)")
        validation[label] = shuffled(validation[label], "split, validation of class \(label)")
        test[label] = shuffled(test[label], "split, test of class \(label)")
      }
    }
  }
}
