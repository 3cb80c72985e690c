import BerthDiagnostics
package import BerthOptionROM
import BerthPCI

/// What is in an option ROM, for programs.
package struct ROMDocument: Codable, Hashable, Sendable {
    package var size: Int
    package var images: [Image]

    package struct Image: Codable, Hashable, Sendable {
        package var offset: Int
        package var size: Int
        package var identity: String
        package var classCode: String
        package var code: String
        package var isCompressed: Bool?
        package var machine: UInt16?
        /// Of an image for a BIOS.
        package var addsUp: Bool?
        package var contents: [ROMContents]
        package var writes: [Rule]
    }

    package struct Rule: Codable, Hashable, Sendable {
        package var target: String
        package var register: Int
        package var width: Int
        package var carrier: String
        package var identity: String
        package var bar: Int
        package var mayMove: Bool
        package var file: String?
    }

    package init(_ rom: ROMReport) {
        size = rom.size
        images = rom.images.map { entry in
            let image = entry.image
            let header: ROMImage.UEFI? = if case .uefi(let header) = image.code { header } else { nil }
            return Image(
                offset: image.offset, size: image.bytes.count, identity: ROMText.identity(image),
                classCode: image.classCode.description, code: ROMText.code(image),
                isCompressed: header?.isCompressed, machine: header?.machine,
                addsUp: image.code == .bios ? image.addsUp : nil, contents: entry.contents,
                writes: (entry.writer?.rules ?? []).map(Rule.init))
        }
    }
}

extension ROMDocument.Rule {
    init(_ rule: WriterTable.Rule) {
        self.init(
            target: ROMText.path(rule.target), register: Int(rule.register), width: Int(rule.width),
            carrier: ROMText.path(rule.carrier),
            identity: "\(Hexadecimal.plain(rule.vendor, digits: 4)):\(Hexadecimal.plain(rule.device, digits: 4))",
            bar: Int(rule.bar), mayMove: rule.mayMove, file: rule.file)
    }
}
