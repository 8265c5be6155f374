/// The report's parts in order, and what every page has around its own content.
enum ReportPages {
  static let sections: [any PageSection.Type] = [
    IndexPage.self, ExperimentPage.self, ConsistencyPage.self, EfficiencyPage.self,
    CalibrationPage.self, FaithfulnessPage.self, DisagreementPage.self, TrainingPage.self,
    RunsPage.self, GalleryPages.self, ExplorePage.self, ProvenancePage.self,
  ]

  /// Every page with its frame, in the order in which they are written.
  static func all(_ context: ReportContext) -> [Page] {
    let present = sections.filter { $0.isPresent(in: context) }
    return present.flatMap { section in
      section.pages(context).map { page in
        var page = page
        let (content, own) = (page.fields, page)
        page.fields = { frame(own, present, context).merging(content()) }
        return page
      }
    }
  }

  private static func frame(
    _ page: Page, _ sections: [any PageSection.Type], _ context: ReportContext
  ) -> Fields {
    [
      "pageTitle": .text(page.title),
      "reportTitle": .text(context.title),
      "mapPhrase": .text(context.mapPhrase), "isRecordedHere": .flag(context.isRecordedHere),
      "isIndex": .flag(page.file == Page.index),
      "navigation": .list(
        sections.map { section in
          [
            "href": .text(section.file), "label": .text(section.name),
            "current": .flag(section.name == page.section),
          ]
        }),
      "generator": .text(DisplayText.name(context.options.generator)),
      "stamp": .optional(context.options.stamp.map { DisplayText.name($0) }),
    ]
  }
}
