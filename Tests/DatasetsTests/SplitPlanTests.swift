import Datasets
import Testing

@Suite struct SplitPlanTests {
  /// Images of classes of the given sizes, which the data do not split.
  private func images(_ sizes: [Int], parts: [DatasetPart?] = [nil]) -> LabelledImages {
    var labels: [Int] = []
    var assigned: [DatasetPart?] = []
    for part in parts {
      for (label, size) in sizes.enumerated() {
        labels += Array(repeating: label, count: size)
        assigned += Array(repeating: part, count: size)
      }
    }
    return LabelledImages(
      name: "test", location: "test", classNames: sizes.indices.map { "\($0)" }, labels: labels,
      identifiers: labels.indices.map { "\($0)" }, parts: assigned)
  }

  private func counts(_ indices: [Int], _ images: LabelledImages) -> [Int] {
    images.classNames.indices.map { label in indices.count { images.labels[$0] == label } }
  }

  /// Disjoint, ascending, complete, every class in training and test, shares within one of the quota.
  @Test(arguments: [
    [2, 2], [3, 100], [10, 20, 30], [7, 7, 7, 7, 7, 7, 7], [1000, 2, 501], [200, 199],
  ])
  func splitsInProportion(sizes: [Int]) throws {
    let images = images(sizes)
    let total = sizes.reduce(0, +)
    for seed: UInt64 in 0..<5 {
      let plan = try SplitPlan(images, options: DatasetOptions(seed: seed))
      let parts = [plan.training, plan.validation, plan.test]
      #expect(parts.allSatisfy { $0 == $0.sorted() })
      #expect(parts.joined().sorted() == Array(0..<total))
      let test = counts(plan.test, images)
      #expect(counts(plan.training, images).allSatisfy { $0 >= 1 } && test.allSatisfy { $0 >= 1 })
      let sum = plan.test.count
      for (share, size) in zip(test, sizes) where share > 1 && share < size - 1 {
        // Minimums of tiny classes can take one or two from the others.
        #expect(abs(Double(share) - Double(sum * size) / Double(total)) < 2)
      }
    }
  }

  /// Quotas of test 10, 15, 25; of validation 3, 4.5, 7.5, where the tie goes to the earlier class.
  @Test func exactShares() throws {
    let images = images([40, 60, 100])
    let plan = try SplitPlan(images, options: DatasetOptions())
    #expect(counts(plan.test, images) == [10, 15, 25])
    #expect(counts(plan.validation, images) == [3, 5, 7])
    #expect(counts(plan.training, images) == [27, 40, 68])
  }

  @Test func seedsDecide() throws {
    let images = images([50, 50])
    func plan(_ seed: UInt64) throws -> SplitPlan {
      try SplitPlan(images, options: DatasetOptions(seed: seed))
    }
    #expect(try plan(3) == plan(3))
    #expect(try plan(3).test != plan(4).test)
    #expect(try plan(3).validation != plan(4).validation)
  }

  /// The test part does not depend on how much is trained on, nor the training images on validation.
  @Test func partsAreIndependent() throws {
    let images = images([50, 70])
    let all = try SplitPlan(images, options: DatasetOptions(testCount: 20))
    let few = try SplitPlan(images, options: DatasetOptions(trainingCount: 31, testCount: 20))
    let bare = try SplitPlan(
      images, options: DatasetOptions(trainingCount: 31, testCount: 20, validationFraction: 0))
    #expect(all.test == few.test)
    #expect((few.training + few.validation).sorted() == bare.training)
    #expect(bare.validation.isEmpty && bare.training.count == 31)
    #expect(Set(few.training).isSubset(of: Set(all.training + all.validation)))
  }

  /// The paper's numbers: 9 classes, 1,363 and 1,364.
  @Test func papersCounts() throws {
    let images = images(
      Array(repeating: 1000, count: 9), parts: [DatasetPart.training, DatasetPart.test])
    let plan = try SplitPlan(
      images, options: DatasetOptions(trainingCount: 1363, testCount: 1364))
    #expect(plan.training.count + plan.validation.count == 1363)
    #expect(plan.validation.count == 136)
    #expect(plan.test.count == 1364)
    #expect(counts(plan.test, images) == [152, 152, 152, 152, 152, 151, 151, 151, 151])
    #expect(plan.test.allSatisfy { images.parts[$0] == .test })
    #expect((plan.training + plan.validation).allSatisfy { images.parts[$0] == .training })
  }

  @Test func ownValidationCountsAsTraining() throws {
    let images = images([20, 40], parts: [.training, .validation, .test])
    let plan = try SplitPlan(images, options: DatasetOptions(trainingCount: 60))
    #expect(counts(plan.training, images) == [10, 20])
    #expect(counts(plan.validation, images) == [10, 20])
    #expect(plan.validation.allSatisfy { images.parts[$0] == .validation })
    #expect(plan.test.count == 60)
  }

  @Test func everyClassIsKept() throws {
    let images = images([2, 500, 500])
    let plan = try SplitPlan(
      images, options: DatasetOptions(trainingCount: 3, testCount: 3, validationFraction: 0.9))
    #expect(counts(plan.training, images) == [1, 1, 1])
    #expect(counts(plan.test, images) == [1, 1, 1])
    #expect(plan.validation.isEmpty)
  }
}
