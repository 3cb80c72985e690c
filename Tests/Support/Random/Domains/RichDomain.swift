import BerthXML

extension RandomDomain {
    /// A domain drawn from `DomainPieces`: mostly one that libvirt takes, with more than sits on PCI.
    package init(richSeed seed: UInt64, name: String = "drawn") throws {
        var dice = Dice(seed)
        var heads: [String] = []
        var taken: Set<String> = []
        for _ in 0..<dice.number(0..<6) {
            let head = dice.pick(DomainPieces.heads)
            let names = try Self.names(head)
            guard taken.isDisjoint(with: names) else { continue }
            taken.formUnion(names)
            heads.append(head)
        }
        var devices: [String] = []
        for _ in 0..<dice.number(1..<7) { devices.append(dice.pick(DomainPieces.devices)) }
        if taken.contains("maxMemory"), dice.chance(80) { devices.append(dice.pick(DomainPieces.memoryDevices)) }
        if devices.contains(where: { $0.contains("iothread=") }), !taken.contains("iothreads") {
            heads.append("<iothreads>1</iothreads>")
        }
        if !heads.contains(where: { $0.contains("<memory unit") }) { heads.append("<memory unit='GiB'>1</memory>") }
        if !taken.contains("features") { heads.append("<features><acpi/></features>") }
        if !taken.contains("vcpu") { heads.append("<vcpu>4</vcpu>") }
        let firmware = dice.chance(30) ? dice.pick(DomainPieces.firmware) : ""
        let machine = dice.pick(["q35", "pc", "pc-q35-7.2", "pc-i440fx-7.2"])
        let letters = Array("abcdefghijklmnop")
        let numbered = devices.enumerated().map { index, text in
            text.replacing("N", with: String(letters[index % letters.count]))
        }
        self.init(
            name: name,
            xml: """
                <domain type='qemu'><name>\(name)</name>\(heads.joined())
                <os><type arch='x86_64' machine='\(machine)'>hvm</type>\(firmware)</os>
                <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>\(numbered.joined())</devices></domain>
                """)
    }

    private static func names(_ piece: String) throws -> Set<String> {
        Set(try XMLDocument("<r>\(piece)</r>", file: "piece").root.elements().map(\.name))
    }
}
