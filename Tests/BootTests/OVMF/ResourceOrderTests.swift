import BerthPCI
import Testing
import TestSupport

@testable import BerthBoot

/// The sort that stands for OVMF's insertion.
@Suite struct ResourceOrderTests {
    /// Insertion as the firmware does it, one node at a time.
    private func inserted(_ nodes: [ResourceNode]) -> [ResourceNode] {
        var list: [ResourceNode] = []
        for node in nodes {
            var position = 0
            while position < list.count {
                let other = list[position]
                guard node.alignment <= other.alignment else { break }
                if node.alignment == other.alignment, node.rest == 0 || node.rest >= other.rest { break }
                position += 1
            }
            list.insert(node, at: position)
        }
        return list
    }

    private func label(_ nodes: [ResourceNode]) -> [Int] {
        nodes.map { if case .bar(let number, _) = $0.owner { number } else { -1 } }
    }

    @Test(arguments: UInt64(1)...200)
    func `One sort makes the list that insertion makes`(seed: UInt64) {
        var random = Seeded(seed)
        let nodes = (0..<Int.random(in: 0...60, using: &random)).map { number in
            // Few alignments and many odd lengths, so that ties and rests are common.
            let alignment = UInt64(1) << UInt64.random(in: 10...13, using: &random)
            let length = UInt64.random(in: 0...24, using: &random) << 9
            return ResourceNode(.bar(function: number, .bar(0)), length: length, alignment: alignment - 1)
        }
        #expect(label(nodes.inListOrder()) == label(inserted(nodes)), "seed \(seed)")
    }

    @Test func `A segment's worth of BARs is sorted`() {
        let count = 200_000
        let nodes = (0..<count).map {
            ResourceNode(.bar(function: $0, .bar(0)), length: 0x1000, alignment: 0xfff)
        }
        let ordered = nodes.inListOrder()
        #expect(label(Array(ordered.prefix(3))) == [count - 1, count - 2, count - 3])
        #expect(ordered.count == count)
    }
}
