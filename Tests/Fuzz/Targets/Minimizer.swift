/// Makes a failing input small: lines go, then elements, then tokens, as long as what is left fails the same way.
enum Minimizer {
    /// How often a smaller input is tried; what is planned takes a second each time.
    private static let patience = 300

    /// Two faults are the same if they begin the same: addresses and numbers in them change with the input.
    static func minimal(_ bytes: [UInt8], of fault: FuzzFault, _ target: FuzzTarget) -> [UInt8] {
        var smallest = bytes
        var tries = 0
        for cut in [Pieces.lines, Pieces.elements, Pieces.tokens] {
            var width = max(1, cut(smallest).count / 4)
            while width > 0, tries < patience {
                var first = 0
                while tries < patience {
                    let pieces = cut(smallest)
                    guard first < pieces.count else { break }
                    let last = pieces[min(first + width, pieces.count) - 1].upperBound
                    guard pieces[first].lowerBound < last else {
                        first += 1
                        continue
                    }
                    var smaller = smallest
                    smaller.removeSubrange(pieces[first].lowerBound..<last)
                    tries += 1
                    if fails(smaller, like: fault, target) { smallest = smaller } else { first += width }
                }
                width /= 2
            }
        }
        return smallest
    }

    /// In some way: what is done with an input its bytes decide, and they change.
    private static func fails(_ bytes: [UInt8], like fault: FuzzFault, _ target: FuzzTarget) -> Bool {
        do {
            _ = try target.run(bytes, isThorough: true)
            return false
        } catch {
            return error.description.prefix(24) == fault.description.prefix(24)
        }
    }
}
