/// Two texts as the difference that `patch` takes.
package enum UnifiedDiff {
    /// Lines of context around a change.
    private static let context = 3

    /// Empty if the texts are equal. Lines end with a line feed; a carriage return in front of it belongs to the line.
    package static func render(_ before: String, _ after: String, file: String) -> String {
        let old = lines(before)
        let new = lines(after)
        let steps = steps(old, new)
        var result = ""
        for hunk in hunks(steps) {
            let body = steps[hunk]
            let before = steps[..<hunk.lowerBound]
            let header = [
                range(from: before.count { $0.isOld }, count: body.count { $0.isOld }, "-"),
                range(from: before.count { $0.isNew }, count: body.count { $0.isNew }, "+"),
            ]
            result += "@@ \(header.joined(separator: " ")) @@\n"
            for step in body { result += step.mark + marked(step.line) }
        }
        return result.isEmpty ? "" : "--- \(file)\n+++ \(file)\n" + result
    }

    /// One line of the result.
    private struct Step {
        var mark: String
        /// With its line feed; the last line of a text may have none.
        var line: Substring.UTF8View
        var isOld: Bool { mark != "+" }
        var isNew: Bool { mark != "-" }
    }

    private static func lines(_ text: String) -> [Substring.UTF8View] {
        var lines: [Substring.UTF8View] = []
        var start = text.utf8.startIndex
        while start < text.utf8.endIndex {
            let end = text.utf8[start...].firstIndex(of: UInt8(ascii: "\n")).map { text.utf8.index(after: $0) }
            lines.append(text[start..<(end ?? text.utf8.endIndex)].utf8)
            start = end ?? text.utf8.endIndex
        }
        return lines
    }

    private static func steps(_ old: [Substring.UTF8View], _ new: [Substring.UTF8View]) -> [Step] {
        var start = 0
        while start < min(old.count, new.count), old[start].elementsEqual(new[start]) { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start, old[old.count - 1 - end].elementsEqual(new[new.count - 1 - end])
        {
            end += 1
        }
        let middle = new[start..<new.count - end].difference(from: old[start..<old.count - end]) {
            $0.elementsEqual($1)
        }
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in middle {
            switch change {
            case .remove(let offset, _, _): removed.insert(start + offset)
            case .insert(let offset, _, _): inserted.insert(start + offset)
            }
        }
        var steps: [Step] = []
        var i = 0
        var j = 0
        while i < old.count || j < new.count {
            if i < old.count, removed.contains(i) {
                steps.append(Step(mark: "-", line: old[i]))
                i += 1
            } else if j < new.count, inserted.contains(j) {
                steps.append(Step(mark: "+", line: new[j]))
                j += 1
            } else {
                steps.append(Step(mark: " ", line: old[i]))
                i += 1
                j += 1
            }
        }
        return steps
    }

    /// Changes with their context; those closer than twice the context share a hunk.
    private static func hunks(_ steps: [Step]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for index in steps.indices where steps[index].mark != " " {
            let range = max(0, index - context)..<min(steps.count, index + context + 1)
            if let last = hunks.last, range.lowerBound <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }

    /// A range of no lines stands behind the line it names.
    private static func range(from before: Int, count: Int, _ mark: String) -> String {
        let first = count == 0 ? before : before + 1
        return count == 1 ? "\(mark)\(first)" : "\(mark)\(first),\(count)"
    }

    private static func marked(_ line: Substring.UTF8View) -> String {
        let text = String(Substring(line))
        return line.last == UInt8(ascii: "\n") ? text : text + "\n\\ No newline at end of file\n"
    }
}
