/// Suggestions for a misspelt name.
package enum NearestName {
    /// The candidate closest to `word`, if it is close enough to be a likely misspelling.
    ///
    /// Close means an edit distance (insertions, deletions, substitutions, swaps of neighbours) of at
    /// most a third of the longer word, at least one. Ties go to the first candidate.
    package static func of(_ word: String, among candidates: [String]) -> String? {
        let letters = Array(word.lowercased().unicodeScalars.prefix(64))
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let other = Array(candidate.lowercased().unicodeScalars.prefix(64))
            let allowed = max(1, max(letters.count, other.count) / 3)
            // The distance is at least the difference of lengths.
            guard abs(letters.count - other.count) <= allowed else { continue }
            let found = distance(letters, other)
            if found <= allowed, found < best?.distance ?? .max { best = (candidate, found) }
        }
        return best?.name
    }

    /// `; did you mean 'x'?`, or the empty string.
    package static func hint(_ word: String, among candidates: [String]) -> String {
        of(word, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
    }

    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var rows = [Array(0...b.count)]
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                let substituted = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                var cost = min(rows[i - 1][j] + 1, row[j - 1] + 1, substituted)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    cost = min(cost, rows[i - 2][j - 2] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
