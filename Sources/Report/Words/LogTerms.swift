import BerthDiagnostics
import BerthLogs
import BerthPCI
import BerthTopology

/// What a log says, in words.
enum LogTerms {
    static func file(_ file: LogReport.File) -> String {
        let cut = file.cut > 0 ? ", \(file.cut) of them cut" : ""
        return "\(file.name): \(file.known) of \(file.lines) lines known\(cut)"
    }

    /// `host.dmesg:1042, 37 times`
    static func place(_ entry: LogReport.Entry) -> String {
        "\(entry.file):\(entry.first.number)" + (entry.count > 1 ? ", \(entry.count) times" : "")
    }

    /// Who prints it: of a kernel's message whose that is.
    static func printer(_ entry: LogReport.Entry) -> String {
        switch (entry.message.printer, entry.machine) {
        case (.kernel, .host): LogPrinter.hostKernel.rawValue
        case (.kernel, .guest): LogPrinter.guestKernel.rawValue
        case (.kernel, nil): "a kernel, the log does not say whose"
        default: entry.message.printer.rawValue
        }
    }

    /// `0x9bd00000: inside the host's stolen memory (0x9b800000-0x9f7fffff)`
    static func value(_ value: LogReport.Value) -> String {
        let places = value.places.map(words)
        return value.value.description + (places.isEmpty ? "" : ": \(places.joined(separator: "; "))")
    }

    static func words(_ place: LogReport.Place) -> String {
        switch place {
        case .hostRegion(let region, let range): "inside the host's \(region.name) (\(range))"
        case .kept(.graphics, let range): "inside the host's stolen memory (\(range), by its log)"
        case .kept(.forDMA, let range): "inside what the host's firmware keeps for DMA (\(range), RMRR)"
        case .guestRegion(let region, let range): "inside the guest's \(region.name) (\(range))"
        case .bar(let function, let isIGD, let index, let range):
            "\(index) of \(isIGD ? "the IGD" : "'\(function)'") in the guest (\(range))"
        case .ram: "RAM of the guest"
        case .reserved: "reserved memory of the guest"
        case .nowhere: "nothing of the guest's is there"
        case .aboveIOMMU(let bits): "above the \(bits) bits that the IOMMU maps"
        case .igd: "the IGD"
        case .otherDevice: "not the IGD"
        }
    }
}
