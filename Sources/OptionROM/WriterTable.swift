/// What the register writer is told, as its images hold it: `struct table` in Firmware/core.h.
package struct WriterTable: Hashable, Sendable {
    package var rules: [Rule]

    /// One register: which, and the BAR whose address it is given.
    package struct Rule: Hashable, Sendable {
        /// Device and function on bus 0, then behind that bridge, and so on: numbers of buses are the firmware's.
        package var target: [UInt8]
        package var carrier: [UInt8]
        /// Offset in the target's configuration space.
        package var register: UInt8
        /// Bytes: 4 or 8.
        package var width: UInt8
        package var bar: UInt8
        /// The carrier's: a function with other ids is left alone.
        package var vendor: UInt16
        package var device: UInt16
        /// Whether the BAR may be moved below 4 GiB where the register cannot hold its address.
        package var mayMove: Bool
        /// The fw_cfg file that is copied into the BAR first; nil for none.
        package var file: String?

        package init(
            target: [UInt8], carrier: [UInt8], register: UInt8, width: UInt8, bar: UInt8, vendor: UInt16,
            device: UInt16, mayMove: Bool, file: String? = nil
        ) {
            self.target = target
            self.carrier = carrier
            self.register = register
            self.width = width
            self.bar = bar
            self.vendor = vendor
            self.device = device
            self.mayMove = mayMove
            self.file = file
        }
    }

    package static let maximumRules = 4
    /// Bridges between bus 0 and a function.
    package static let maximumDepth = 4
    /// Without the terminator.
    package static let maximumFileName = 47

    package init(_ rules: [Rule]) { self.rules = rules }

    private static let magic = Array("BERTHTAB".utf8)
    static let size = 16 + maximumRules * ruleSize
    private static let ruleSize = 64

    static func position(in image: [UInt8]) -> Int? { image.position(of: magic) }

    /// Nil: no table, or one of another version.
    init?(_ image: [UInt8], at start: Int) {
        guard start + Self.size <= image.count, image[start..<start + 8].elementsEqual(Self.magic),
            image[start + 8] == 1, case let count = Int(image[start + 9]), count <= Self.maximumRules
        else { return nil }
        rules = (0..<count).map { number in
            let at = start + 16 + number * Self.ruleSize
            let name = image[at + 16..<at + 64].prefix { $0 != 0 }
            return Rule(
                target: Self.path(image[at..<at + 4]), carrier: Self.path(image[at + 4..<at + 8]),
                register: image[at + 8], width: image[at + 9], bar: image[at + 10],
                vendor: image.word(at: at + 12) ?? 0, device: image.word(at: at + 14) ?? 0,
                mayMove: image[at + 11] & 1 != 0, file: name.isEmpty ? nil : String(decoding: name, as: UTF8.self))
        }
    }

    private static func path(_ bytes: ArraySlice<UInt8>) -> [UInt8] { Array(bytes.prefix { $0 != 0xff }) }

    /// `rules` are at most `maximumRules`, each within the limits above.
    var bytes: [UInt8] {
        var bytes = Self.magic + [1, UInt8(rules.count), 0, 0, 0, 0, 0, 0]
        for rule in rules {
            bytes += Self.padded(rule.target, with: 0xff, to: Self.maximumDepth)
            bytes += Self.padded(rule.carrier, with: 0xff, to: Self.maximumDepth)
            bytes += [rule.register, rule.width, rule.bar, rule.mayMove ? 1 : 0]
            for id in [rule.vendor, rule.device] { bytes += [UInt8(id & 0xff), UInt8(id >> 8)] }
            bytes += Self.padded(Array((rule.file ?? "").utf8), with: 0, to: Self.maximumFileName + 1)
        }
        bytes.pad(to: Self.size)
        return bytes
    }

    private static func padded(_ bytes: [UInt8], with filler: UInt8, to count: Int) -> [UInt8] {
        Array(bytes.prefix(count)) + repeatElement(filler, count: max(0, count - bytes.count))
    }
}
