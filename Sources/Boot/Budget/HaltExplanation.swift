package import BerthPCI
package import BerthTopology

/// Why a guest does not get past its firmware: the first function that does not fit, and what would help.
package struct HaltExplanation: Hashable, Sendable {
    /// The firmware's message.
    package var message: String
    /// The first device, in the order of the input, with which the guest stops; nil if it stops with none.
    package var device: String?
    /// The largest BAR of that device, and the most it may have for the guest to boot; nil where no size helps.
    package var bar: BARIndex?
    package var size: ByteCount?
    package var largestSize: ByteCount?
    /// The largest `max-ram-below-4g` with which the guest boots as it is; nil where none helps.
    package var maxRAMBelow4GiB: ByteCount?

    /// Nil if the guest boots.
    package init?(_ topology: GuestTopology) {
        guard let message = Self.halt(topology) else { return nil }
        self.message = message
        let count = topology.devices.indices.first { index in
            var part = topology
            part.devices = Array(topology.devices[...index])
            return Self.halt(part) != nil
        }
        if let count {
            device = topology.devices[count].id
            var part = topology
            part.devices = Array(topology.devices[...count])
            findSize(part, device: count)
        }
        let limits: [ByteCount] = [.gib(3), .gib(2), .mib(1536), .gib(1), .mib(512)]
        maxRAMBelow4GiB = limits.first { limit in
            guard limit < topology.ramLayout.below4GiB else { return false }
            var copy = topology
            copy.machine.maxRAMBelow4GiB = limit
            return Self.halt(copy) == nil
        }
    }

    private mutating func findSize(_ topology: GuestTopology, device number: Int) {
        let tree = topology.resolve().tree
        guard let function = tree.functions.first(where: { $0.origin == .device(number) }),
            let largest = function.bars.filter({ !$0.kind.isIO }).max(by: { $0.kind.size < $1.kind.size })
        else { return }
        bar = largest.index
        size = largest.kind.size
        var smaller = largest.kind.size.rawValue >> 1
        while smaller >= 4096 {
            var copy = topology
            // Described by its registers, so that any size can be tried.
            copy.devices[number].described = DescribedFunction(
                vendor: function.vendor, device: function.device, classCode: function.classCode,
                bars: function.bars.map {
                    $0.index == largest.index ? BAR($0.index, $0.kind.resized(ByteCount(smaller))) : $0
                })
            if function.bridge == nil, Self.halt(copy) == nil {
                largestSize = ByteCount(smaller)
                return
            }
            smaller >>= 1
        }
    }

    private static func halt(_ topology: GuestTopology) -> String? {
        FirmwareModels.model(for: topology.firmware).boot(topology, topology.resolve().tree).halted
    }
}
