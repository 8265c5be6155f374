import Analysis
import Testing

/// Numbers with gaps, in half of an array's memory.
@Suite struct ColumnTests {
  @Test func behavesAsAnArrayOfOptionals() {
    let values: [Double?] = [1, nil, -0.0, .infinity, nil]
    var column: Column = []
    for value in values { column.append(value) }
    #expect(column.count == 5 && Array(column) == values)
    #expect(column == Column(values) && column != Column(values.dropLast()))
    #expect(column[1] == nil && column[3] == .infinity)
    column[1] = 2
    column[0] = nil
    #expect(Array(column) == [nil, 2, 0, .infinity, nil])
    column += [7, nil]
    #expect(column.count == 7 && column[5] == 7 && column[6] == nil)
    #expect(Array(Column(repeating: nil, count: 2)) == [nil, nil])
  }
}
