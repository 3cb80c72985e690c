import BerthPCI
import BerthStack
import BerthTopology

/// What OVMF keeps free behind a bridge that devices can be plugged into later.
///
/// Source: `GetResourcePadding`, `QueryReservationHint` in OvmfPkg/PciHotPlugInitDxe/PciHotPlugInit.c;
/// `IsPciHotPlugBus`, `SupportsPcieHotplug` in PciBusDxe/PciHotPlugSupport.c @ edk2-stable202211.
enum HotPlugPadding {
    /// Powers of two, by kind of window; empty where nothing can be plugged in.
    static func sizes(_ function: PCIFunction, _ apertures: PlatformApertures) -> [(ResourceType, UInt64)] {
        guard let bridge = function.bridge, isHotPlugBus(function, bridge) else { return [] }
        let hint = reservation(function)
        var sizes: [(ResourceType, UInt64)] = []
        if let size = ports(hint?.io, apertures.release) { sizes.append((.io, size)) }
        if let size = size(hint?.memory.map(UInt64.init), unset: 2 << 20, limit: 1 << 31) {
            sizes.append((.memory32, size))
        }
        if let padding = prefetchable(hint, apertures) { sizes.append(padding) }
        return sizes
    }

    /// Numbers to keep after the secondary bus; the register has 32 bits, EDK2 keeps 8.
    static func reservedBuses(_ function: PCIFunction) -> UInt8? {
        guard let bridge = function.bridge, isHotPlugBus(function, bridge), let buses = reservation(function)?.buses,
            buses != 0
        else { return nil }
        return UInt8(truncatingIfNeeded: buses)
    }

    private static func isHotPlugBus(_ function: PCIFunction, _ bridge: Bridge) -> Bool {
        if bridge.hasSHPC { return true }
        let isPort = function.portType == .rootPort || function.portType == .downstreamPort
        return isPort && bridge.hasSlot && bridge.isHotPlugCapable
    }

    /// Any bridge of Red Hat's may have the capability; of another vendor's, none.
    private static func reservation(_ function: PCIFunction) -> BridgeReservation? {
        function.vendor == 0x1b36 ? function.bridge?.reservation : nil
    }

    /// 512 ports unless told otherwise; from 202308 on none, and not less than a window can have.
    private static func ports(_ requested: UInt64?, _ release: OVMFRelease) -> UInt64? {
        if release.padsPorts { return size(requested, unset: 512, limit: 1 << 63) }
        guard let requested, requested > 0 else { return nil }
        return rounded(max(requested, 0x1000), limit: 1 << 63)
    }

    /// 0 asks for nothing; what cannot be rounded up counts as unset.
    private static func size(_ requested: UInt64?, unset: UInt64, limit: UInt64) -> UInt64? {
        guard let requested else { return unset }
        return requested == 0 ? nil : rounded(requested, limit: limit) ?? unset
    }

    /// 0 counts as unset here, and 32 bits go before 64.
    private static func prefetchable(
        _ hint: BridgeReservation?, _ apertures: PlatformApertures
    ) -> (ResourceType, UInt64)? {
        if let requested = hint?.prefetchable32, requested > 0 {
            if let size = rounded(UInt64(requested), limit: 1 << 31) { return (.prefetchable32, size) }
        } else if let requested = hint?.prefetchable64, requested > 0, let size = rounded(requested, limit: 1 << 63) {
            return (.prefetchable64, size)
        }
        guard apertures.release.padsByWindow, apertures.sizeAbove4GiB > 32 << 30 else { return nil }
        return rounded(apertures.sizeAbove4GiB >> 8, limit: 1 << 63).map { (.prefetchable64, $0) }
    }

    private static func rounded(_ value: UInt64, limit: UInt64) -> UInt64? {
        ByteCount(value).roundedUpToPowerOfTwo.map(\.rawValue).flatMap { $0 <= limit ? $0 : nil }
    }
}
