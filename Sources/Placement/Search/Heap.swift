/// Elements of which the smallest can be taken, however many there are: a binary heap.
struct Heap<Element: Comparable & Sendable>: Sendable {
    private(set) var elements: [Element]

    /// In any order; takes time in proportion to their number.
    init(_ elements: [Element] = []) {
        self.elements = elements
        for index in stride(from: elements.count / 2 - 1, through: 0, by: -1) { sink(index) }
    }

    var first: Element? { elements.first }

    mutating func insert(_ element: Element) {
        elements.append(element)
        var index = elements.count - 1
        while index > 0, element < elements[(index - 1) / 2] {
            elements.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func removeFirst() -> Element? {
        guard let last = elements.popLast() else { return nil }
        guard let first = elements.first else { return last }
        elements[0] = last
        sink(0)
        return first
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var next = 2 * index + 1
            guard next < elements.count else { return }
            if next + 1 < elements.count, elements[next + 1] < elements[next] { next += 1 }
            guard elements[next] < elements[index] else { return }
            elements.swapAt(index, next)
            index = next
        }
    }
}
