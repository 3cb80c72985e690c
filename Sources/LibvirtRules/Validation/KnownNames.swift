import BerthStack

/// What the schemas of libvirt 9.0, 11.3 and 12.8 know inside `<devices>`, `<os>`, `<features>` and `<cpu>`: names alone, by a
/// script. A libvirt passes over what it does not know without a word.
enum KnownNames {
    /// What may stand in one place.
    struct Place {
        var attributes: [String: LibvirtSpan] = [:]
        var children: [String: LibvirtSpan] = [:]
        /// Any name may.
        var isOpen = false
    }

    /// By `PARENT/ELEMENT`; nil for a place of which nothing is known.
    static func place(_ parent: String, _ element: String) -> Place? { places["\(parent)/\(element)"] }

    /// Where NEWS.rst names the release of what lies between two schemas. Others are taken for known from the earliest release
    /// that may have them, so that nothing is called unknown which is not.
    private static let dates: [String: LibvirtSpan] = [
        "domain/devices crypto": .since(9, 1), "domain/devices pstore": .since(10, 6),
        "domain/features ps2": .since(10, 7), "domain/features ras": .since(10, 4),
        "domain/os shim": .since(11, 2), "domain/os varstore": .since(12, 1),
        "devices/disk throttlefilters": .since(11, 2), "cpu/topology @clusters": .since(10, 1),
        "devices/sound @streams": .since(10, 4), "disk/driver iothreads": .since(10, 0),
        "hostdev/driver @iommufd": .since(12, 1), "hostdev/acpi @nodeset": .since(11, 8),
        "model/target @memReserve": .since(10, 3), "controller/target @memReserve": .since(10, 3),
        "backend/profile @name": .since(10, 10), "video/model @device": .since(12, 5),
    ]

    private static let places: [String: Place] = {
        var places: [String: Place] = [:]
        var words: [Substring] = []
        func finish() {
            guard let first = words.first, first.hasSuffix(":") else { return }
            let name = String(first.dropLast())
            var place = Place()
            for word in words.dropFirst() {
                let parts = word.split(separator: "^")
                let known = String(parts[0])
                if known == "*" || known == "@*" { place.isOpen = true }
                let span = parts.count == 1 ? .always : dates["\(name) \(known)"] ?? earliest(parts[1])
                if known.hasPrefix("@") {
                    place.attributes[String(known.dropFirst())] = span
                } else {
                    place.children[known] = span
                }
            }
            places[name] = place
        }
        for line in (tableFirst + "\n" + tableSecond).split(separator: "\n") {
            if !line.hasPrefix(" ") {
                finish()
                words = []
            }
            words += line.split(separator: " ")
        }
        finish()
        return places
    }()

    /// The release after the schema before.
    private static func earliest(_ release: Substring) -> LibvirtSpan {
        release == "11.3" ? .since(9, 1) : .since(11, 4)
    }
}

extension LibvirtSpan {
    /// `(since 12.1)`, where that is known.
    var remark: String { since.map { " (known since libvirt \($0.major).\($0.minor))" } ?? "" }
}
