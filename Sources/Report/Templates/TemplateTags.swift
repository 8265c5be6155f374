/// A template's tags as a tree, read only to check them; the Mustache package renders.
indirect enum TemplateTag: Sendable {
  case variable(String)
  case unescaped(String)
  case section(String, isInverted: Bool, content: [TemplateTag])
  case partial(String)

  /// Sections in sections.
  private static let deepest = 100

  /// Reads the tags of a template: variables, sections, comments and partials. Anything else that
  /// Mustache can do (lambdas, inheritance, other delimiters) is an error, because it could not be checked.
  static func parse(_ text: String, template: String) throws(ReportFault) -> [TemplateTag] {
    var stack: [(name: String, isInverted: Bool, content: [TemplateTag])] = [("", false, [])]
    var rest = text[...]
    while let open = rest.firstRange(of: "{{") {
      rest = rest[open.upperBound...]
      let isTriple = rest.first == "{"
      guard let close = rest.firstRange(of: isTriple ? "}}}" : "}}") else {
        throw .badTemplate(name: template, problem: "a tag is not closed")
      }
      let tag = rest[..<close.lowerBound].dropFirst(isTriple ? 1 : 0)
      rest = rest[close.upperBound...]
      let sign = isTriple ? "{" : tag.first.map(String.init) ?? ""
      let name = tag.drop { "#^/>&!{ ".contains($0) }.trimmingSpaces
      switch sign {
      case "!": continue
      case "#", "^":
        // Both checks and Mustache go down by calling themselves.
        guard stack.count <= deepest else {
          throw .badTemplate(name: template, problem: "more than \(deepest) sections in each other")
        }
        stack.append((name, sign == "^", []))
      case "/":
        guard stack.count > 1, stack.last!.name == name else {
          throw .badTemplate(name: template, problem: "{{/\(name)}} closes no section")
        }
        let section = stack.removeLast()
        stack[stack.count - 1].content.append(
          .section(name, isInverted: section.isInverted, content: section.content))
      case ">": stack[stack.count - 1].content.append(.partial(name))
      case "{", "&": stack[stack.count - 1].content.append(.unescaped(name))
      default:
        guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }), !name.isEmpty else {
          throw .badTemplate(name: template, problem: "{{\(tag)}} is not a tag that reports know")
        }
        stack[stack.count - 1].content.append(.variable(name))
      }
    }
    guard stack.count == 1 else {
      throw .badTemplate(name: template, problem: "{{#\(stack.last!.name)}} is not closed")
    }
    return stack[0].content
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text.drop(while: \.isWhitespace))
  }
}
