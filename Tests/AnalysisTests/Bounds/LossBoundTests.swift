import Analysis
import Foundation
import TensorCore
import Testing

/// Against cosines drawn in every way: the bounds hold, and are reached where they can be.
@Suite struct LossBoundTests {
  @Test func holdsForEveryDistribution() {
    var generator = SeededGenerator(seed: 4)
    for round in 0..<200 {
      // From nearly all alike to nearly all or nothing.
      let power = 0.2 + 0.05 * Double(round)
      let cosines = (0..<100).map { _ in 1 - 2 * pow(generator.uniform(), power) }
      let term = cosines.reduce(0) { $0 + 1 - $1 } / 100
      let mean = cosines.reduce(0, +) / 100
      #expect(abs(LossBound.meanCosine(consistencyTerm: term) - mean) < 1e-12)
      for limit in [-0.5, 0, 0.5, 0.9] {
        let share = Double(cosines.count { $0 <= limit }) / 100
        #expect(share <= LossBound.greatestShare(consistencyTerm: term, atMost: limit) + 1e-12)
      }
      let lambda = 0.1 + generator.uniform()
      let loss = generator.uniform() * 3 + lambda * term
      #expect(LossBound.leastMeanCosine(loss: loss, lambda: lambda)! <= mean + 1e-12)
      // Adaptive weights: each pair's share of the disagreement.
      let total = cosines.reduce(0) { $0 + 1 - $1 }
      let adaptive = cosines.reduce(0) { $0 + (1 - $1) * (1 - $1) / total }
      #expect(LossBound.meanCosine(consistencyTerm: adaptive) <= mean + 1e-12)
    }
  }

  @Test func isReached() {
    // A quarter of the pairs at 0.5, all others at 1.
    #expect(LossBound.greatestShare(consistencyTerm: 0.125, atMost: 0.5) == 0.25)
    #expect(LossBound.greatestShare(consistencyTerm: 0.8, atMost: 0.5) == 1)
    #expect(LossBound.leastMeanCosine(loss: 0.06, lambda: 0.3) == 0.8)
    #expect(LossBound.leastMeanCosine(loss: 1, lambda: 0) == nil)
  }
}
