import Berth

/// What a guest will look like from inside, by the ids that libvirt gives its devices: a user's alias (`ua-…`), or
/// `net0`, `hostdev0`, `video0`, `pci.1`.
package struct DomainPrediction: Sendable, CustomStringConvertible {
    /// Why the firmware stops; nil if it does not. There are no addresses then.
    package let halted: String?
    /// In the order of the guest's buses.
    package let functions: [Function]

    /// A PCI function with its addresses.
    package struct Function: Hashable, Sendable, CustomStringConvertible {
        /// Empty for a function of the chipset.
        package let id: String
        /// As `lspci` in the guest prints it: `00:02.0`; nil behind a bridge that has no bus number.
        package let address: String?
        /// By the number of the BAR; the ROM is not among them. A BAR that was not placed is missing.
        package let bars: [Int: UInt64]

        package var description: String {
            let texts = bars.sorted { $0.key < $1.key }.map { "BAR \($0.key) at \(Hexadecimal.string($0.value))" }
            return "\(id) at \(address ?? "no address")\(texts.isEmpty ? "" : ": \(texts.joined(separator: ", "))")"
        }
    }

    /// There is no such device; the description names those that there are.
    package struct UnknownDevice: Error, Hashable, CustomStringConvertible {
        package let description: String
    }

    init(_ topology: GuestTopology, _ outcome: BootOutcome) {
        halted = outcome.firmware.halted
        let final = outcome.final
        functions = outcome.tree.functions.indices.map { index in
            let function = outcome.tree.functions[index]
            var bars: [Int: UInt64] = [:]
            for bar in function.bars {
                if case .bar(let number) = bar.index { bars[number] = final.functions[index].addresses[bar.index] }
            }
            let bus = final.busNumbers[function.bus]
            return Function(
                id: function.qdevID ?? "", address: bus.map { "\(PCIAddress(bus: $0, devfn: function.devfn).short)" },
                bars: bars)
        }
    }

    /// Errors: `UnknownDevice`.
    package func function(_ id: String) throws(UnknownDevice) -> Function {
        if let found = functions.first(where: { $0.id == id }) { return found }
        let known = functions.map(\.id).filter { !$0.isEmpty }.sorted()
        throw UnknownDevice(
            description: "there is no device '\(id)'\(NearestName.hint(id, among: known)); there are "
                + known.joined(separator: ", "))
    }

    /// Errors: `UnknownDevice`.
    package func address(of id: String) throws(UnknownDevice) -> String? { try function(id).address }

    /// Nil where the BAR is not there or was not placed. Errors: `UnknownDevice`.
    package func bar(_ number: Int, of id: String) throws(UnknownDevice) -> UInt64? { try function(id).bars[number] }

    package var description: String {
        halted.map { "the firmware stops: \($0)" } ?? functions.map { "\n\($0)" }.joined()
    }
}
