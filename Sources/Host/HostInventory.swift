package import BerthDiagnostics
package import BerthPCI

/// What of the host's processor a guest gets from it.
package struct HostProcessor: Hashable, Sendable {
    /// How wide its physical addresses are, 32...52.
    package var physicalAddressBits: Int
    /// Whether it has pages of 1 GiB; nil where the dump lists no flags.
    package var hasGiantPages: Bool?

    package init(physicalAddressBits: Int, hasGiantPages: Bool? = nil) {
        self.physicalAddressBits = physicalAddressBits
        self.hasGiantPages = hasGiantPages
    }
}

/// What is known of the host: its PCI functions and where its graphics memory is.
package struct HostInventory: Hashable, Sendable {
    /// In the order of their addresses, none twice.
    package let functions: [HostFunction]
    /// The range `/proc/iomem` calls `Graphics Stolen Memory`.
    package let stolenRange: HostRange?
    /// A framebuffer driver that owns part of the IGD's BARs, by `/proc/iomem`.
    package let framebuffer: Framebuffer?
    /// What `/proc/cpuinfo` or `lscpu` says of the processor.
    package let processor: HostProcessor?
    /// Ranges that devices' DMA keeps, by the kernel's log or its groups: the IGD's ends where stolen memory ends.
    package let reservations: [HostReservation]
    /// How many address bits the IOMMU has, by the kernel's log or its own register.
    package let addressWidth: Int?
    package let system: HostSystem
    /// A copy of the OpRegion.
    package var opRegion: OpRegionDump?
    /// What was left out while reading, and why.
    package var findings: [Finding]

    package struct Framebuffer: Hashable, Sendable {
        /// As the kernel calls it: `efifb`, `simplefb`, `BOOTFB`.
        package var driver: String
        package var range: HostRange
    }

    /// Of functions with one address the first is kept.
    package init(
        functions: [HostFunction], stolenRange: HostRange? = nil, framebuffer: Framebuffer? = nil,
        reservations: [HostReservation] = [], addressWidth: Int? = nil, processor: HostProcessor? = nil,
        system: HostSystem = HostSystem(), opRegion: OpRegionDump? = nil, findings: [Finding] = []
    ) {
        var sorted: [HostFunction] = []
        for (_, function) in functions.enumerated().sorted(by: {
            ($0.element.address, $0.offset) < ($1.element.address, $1.offset)
        }) where sorted.last?.address != function.address {
            sorted.append(function)
        }
        self.functions = sorted
        self.stolenRange = stolenRange
        self.framebuffer = framebuffer
        self.processor = processor
        self.reservations = reservations
        self.addressWidth = addressWidth
        self.system = system
        self.opRegion = opRegion
        self.findings = findings
    }

    package func function(at address: PCIAddress) -> HostFunction? {
        var low = 0
        var high = functions.count
        while low < high {
            let middle = (low + high) / 2
            if functions[middle].address < address { low = middle + 1 } else { high = middle }
        }
        return low < functions.count && functions[low].address == address ? functions[low] : nil
    }

    /// The Intel display at 00:02.0, where every integrated one is; its second function (00:02.1) is
    /// another head of the same device.
    package var igd: HostIGD? {
        guard let function = function(at: Self.igdAddress), let identity = function.identity,
            identity.vendor == 0x8086, function.classCode?.isDisplay ?? true
        else { return nil }
        return HostIGD(
            function: function, identity: identity,
            hostBridge: self.function(at: Self.hostBridgeAddress)?.configuration, stolenRange: stolenRange,
            reservedRanges: reservations.filter(\.isOfFirmware).map(\.range))
    }

    /// The function at 00:1f.0 if it is an ISA bridge. VBIOS and drivers compare its numbers.
    package var lpc: FunctionIdentity? { identity(at: Self.lpcAddress, class: .isaBridge) }

    /// The function at 00:00.0 if it is a host bridge.
    package var hostBridge: FunctionIdentity? { identity(at: Self.hostBridgeAddress, class: .hostBridge) }

    /// Functions a dump names without numbers, as `lspci -v` does without `-n` or `-x`.
    package var functionsWithoutIdentity: [PCIAddress] {
        functions.filter { $0.identity == nil }.map(\.address)
    }

    private func identity(at address: PCIAddress, class expected: ClassCode) -> FunctionIdentity? {
        guard let function = function(at: address), function.classCode?.baseAndSub == expected.baseAndSub else {
            return nil
        }
        return function.identity
    }

    package static let igdAddress = PCIAddress(bus: 0, devfn: 0x10)
    static let hostBridgeAddress = PCIAddress(bus: 0, devfn: 0)
    static let lpcAddress = PCIAddress(bus: 0, devfn: 0xf8)
}
