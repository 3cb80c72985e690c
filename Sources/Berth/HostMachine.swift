public import BerthDiagnostics
package import BerthHost
import BerthIGD
public import BerthPCI

/// The machine that gives its IGD away, as far as dumps tell.
public struct HostMachine: Hashable, Sendable {
    package let inventory: HostInventory

    /// A file that was taken on the host, whose text gives away what it is.
    ///
    /// The output of `lspci` (with `-xxx` or `-xxxx` for the registers), or a copy of /proc/iomem.
    public struct Dump: Hashable, Sendable {
        /// The name for messages.
        public var name: String
        /// What is in it.
        public var bytes: [UInt8]

        /// A dump by its name for messages and its bytes; of a text its `utf8`.
        public init(name: String, bytes: some Sequence<UInt8>) {
            self.name = name
            self.bytes = Array(bytes)
        }
    }

    /// What the dumps say together; their order does not matter.
    ///
    /// Files of other kinds are left out with a finding, unless there are no others. Errors: a dump that is damaged, two that
    /// contradict each other, none at all.
    public init(dumps: [Dump]) throws(InputError) {
        inventory = try HostReader.read(files: dumps.map { ($0.name, $0.bytes) })
    }

    /// What was left out while reading, and what the dumps do not agree on; none is an error.
    public var findings: [Finding] { inventory.findings }

    /// The Intel display at 00:02.0, where every integrated one is; nil where the dumps have none.
    public var graphics: Graphics? { inventory.igd.map(Graphics.init) }
}

extension HostMachine {
    /// The integrated graphics device of a host; nil stands for "not in the dumps", never for zero.
    public struct Graphics: Hashable, Sendable {
        private let igd: HostIGD

        init(_ igd: HostIGD) { self.igd = igd }

        /// Where it is on the host.
        public var address: PCIAddress { igd.address }

        /// The PCI device id; the vendor is 8086.
        public var deviceID: UInt16 { igd.deviceID }

        /// The family of processors: `Kaby Lake`; nil for an id in no list.
        public var platform: String? { igd.platform?.name }

        /// The generation of graphics, as Intel and Linux call it: `gen 9`, `Xe-LPG`.
        public var generation: String? { igd.generation?.description }

        /// Whether it is a VGA function; false where the host's firmware made another display the first.
        public var isVGA: Bool { igd.isVGA }

        /// Where data stolen memory begins, the lock bit of BDSM masked.
        public var stolenMemoryBase: HostPhysicalAddress? { igd.bdsm }

        /// How much data stolen memory there is, by the graphics control word, else by /proc/iomem.
        public var stolenMemorySize: ByteCount? { igd.stolenMemorySize }

        /// The ASLS register as it stands: the 32-bit address of the OpRegion, 0 where the firmware made none.
        public var asls: UInt32? { igd.asls }
    }
}
