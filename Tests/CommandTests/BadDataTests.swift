import FileKit
import Foundation
import ImageCodec
import Testing

/// Data that cannot be used, and data that nearly cannot.
@Suite struct BadDataTests {
  @Test(arguments: [
    BadInput.data("an empty folder", 65, "data", "no data") {
      try Files.makeFolder($0("data"))
    },
    BadInput.data("one class", 65, "at least 2", "only 'ant'") {
      try TinyImages.write($0, classes: ["ant"])
    },
    BadInput.data("a class without images", 65, "'bee'") {
      try TinyImages.write($0, classes: ["ant"])
      try Files.makeFolder($0("data/bee"))
    },
    BadInput.data("a text among few images", 65, "at most 5 % of 11", "bee/x.png") {
      try TinyImages.write($0, classes: ["ant", "bee"], count: 5)
      try $0.write("data/bee/x.png", "no image")
    },
    BadInput.data("a truncated JPEG among few images", 65, "at most 5 %", "bee/x.jpg", "damaged") {
      try TinyImages.write($0, classes: ["ant", "bee"], count: 5)
      try $0.write("data/bee/x.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10])
    },
    BadInput.data("a missing folder", 66, "no such file or folder: data") { _ in },
    BadInput.data("a file", 65, "data", "got a file") { try $0.write("data", "text") },
    BadInput("more classes than there are", 64, ["--classes", "2 to 3", "got 99"]) { _, fixture in
      ["train", fixture.data, "--out", "run", "--classes", "99"] + BadInput.quick
    },
    BadInput("an unknown class", 64, ["nosuch", "'ant', 'bee', 'cat'"]) { _, fixture in
      ["train", fixture.data, "--out", "run", "--classes", "ant,nosuch"] + BadInput.quick
    },
    BadInput("more images than there are", 65, ["at least 1000", "got 27"]) { _, fixture in
      ["train", fixture.data, "--out", "run", "--train-count", "1000"] + BadInput.quick
    },
    BadInput("other classes than the run's", 65, ["classes", "3", "2"]) { scratch, fixture in
      try TinyImages.write(scratch, classes: ["ant", "bee"])
      return ["record", fixture.run("egt"), "data", "--out", "recording"]
    },
    BadInput("as many, but others", 65, ["class 3 to be 'cat'", "got 'cow'"]) { scratch, fixture in
      try TinyImages.write(scratch, classes: ["ant", "bee", "cow"])
      return ["record", fixture.run("egt"), "data", "--out", "recording"]
    },
    BadInput("a recording of a part that is not there", 65, ["validation part", "--split"]) {
      scratch, fixture in
      try scratch.copy(fixture.run("egt"), as: "run")
      try scratch.replace(
        "\"validationFraction\" : 0.1", with: "\"validationFraction\" : 0", in: "run/run.json")
      return ["record", "run", fixture.data, "--out", "recording", "--split", "validation"]
    },
  ]) func toldInOneLine(_ input: BadInput) throws { try input.check() }

  /// Few bad images among many are skipped, counted and listed everywhere.
  @Test func badImagesAmongManyAreSkipped() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch, classes: ["ant", "bee"], count: 30)
    try scratch.write("data/ant/text.png", "no image")
    try scratch.write("data/bee/cut.png", Array(TinyImages.png(label: 1, index: 99).dropLast(30)))
    let outcome = try Command(
      ["audit", "data", "--out", "report"] + BadInput.quick, in: scratch.path
    ).run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("data: skipped 2 bad image(s), first ant/text.png: "))
    let table = String(decoding: try Files.read(scratch("report/data/skipped.csv")), as: UTF8.self)
    let rows = table.split(whereSeparator: \.isNewline)
    #expect(rows.count == 3)
    #expect(rows[1].hasPrefix("ant/text.png,") && rows[2].hasPrefix("bee/cut.png,"))
    let page = String(decoding: try Files.read(scratch("report/provenance.html")), as: UTF8.self)
    #expect(page.contains("ant/text.png") && page.contains("bee/cut.png"))
  }

  /// Names that mean something to HTML, CSV, a shell or a terminal.
  @Test func hostileNames() throws {
    let classes = [
      "<script>alert(1)</script>".replacingOccurrences(of: "/", with: "\\"), "\"quoted' & {{x}}",
      "two\nlines\u{202E}", "=1+1",
    ]
    let folder = "a b#c%41?d"
    let scratch = try Scratch()
    try TinyImages.write(scratch, folder, classes: classes, count: 8)
    let audit = try Command(
      ["audit", folder, "--out", "re port#1"] + BadInput.quick, in: scratch.path
    ).run()
    #expect(audit.code == 0, "\(audit.errors)")
    for name in ["index.html", "provenance.html", "gallery-1.html"] {
      let page = String(decoding: try Files.read(scratch("re port#1/\(name)")), as: UTF8.self)
      #expect(!page.contains("<script>alert"))
      #expect(!page.contains("\u{202E}"))
    }
    let table = String(
      decoding: try Files.read(scratch("re port#1/data/classes.csv")), as: UTF8.self)
    #expect(!table.contains(",=1+1"))
    let run = "re port#1-runs/egt-seed-1"
    let predict = try exitlens(
      "predict", run, "\(folder)/\(classes[2])/00.png", "\(folder)/\(classes[0])/00.png",
      in: scratch.path)
    #expect(predict.code == 0)
    #expect(predict.output.split(separator: "\n").count == 2)
    let json = try exitlens(
      "predict", run, "\(folder)/\(classes[2])/00.png", "--json", in: scratch.path)
    let answers = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
    #expect(classes.contains(answers?.first?["prediction"] as? String ?? ""))
  }

  @Test func dataAndRunThatStartWithADash() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch, "-data", classes: ["ant", "bee"])
    let train = try Command(
      ["train", "--out=-run"] + BadInput.quick + ["--", "-data"], in: scratch.path
    ).run()
    #expect(train.code == 0, "\(train.errors)")
    let record = try exitlens("record", "--out=-recording", "--", "-run", "-data", in: scratch.path)
    #expect(record.code == 0, "\(record.errors)")
    let predict = try exitlens("predict", "--", "-run", "-data/ant/00.png", in: scratch.path)
    #expect(predict.code == 0 && predict.output.hasPrefix("-data/ant/00.png: "))
  }
}
