/// Images per class in each part of the data.
enum ClassCounts {
  /// The parts' names, those that an experiment has in its order, then others by name.
  static func parts(_ context: ReportContext) -> [(name: String, counts: [Int])] {
    let given = context.data?.counts ?? [:]
    let usual = ["training", "validation", "test"]
    let others = given.keys.filter { !usual.contains($0) }.sorted()
    var parts = (usual + others).compactMap { name in given[name].map { (name, $0) } }
    parts.append(("recorded", context.result.classCounts))
    return parts
  }

  static func fields(_ context: ReportContext) -> Fields {
    let parts = parts(context)
    return [
      "parts": .list(parts.map { ["name": .text(DisplayText.name($0.name, limit: 30))] }),
      "rows": .list(
        context.result.classNames.indices.map { label in
          [
            "number": .text(String(label)), "name": .text(context.className(label)),
            "cells": .list(
              parts.map { part in
                let count = part.counts.indices.contains(label) ? part.counts[label] : nil
                return ["count": .text(count.map(NumberFormat.count) ?? NumberFormat.missing)]
              }),
          ]
        }),
      "totals": .list(
        parts.map { ["count": .text(NumberFormat.count($0.counts.reduce(0, +)))] }),
    ]
  }
}
