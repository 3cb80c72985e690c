package import BerthDiagnostics
package import BerthPCI

/// A share of the host's graphics device that a guest is given: a virtual function of it (SR-IOV), or a device that
/// its driver makes up (GVT-g).
///
/// Neither has stolen memory or an OpRegion of its own, so there is nothing to place. Both come from the host's driver,
/// which has to keep the physical function: a guest that is given that one beside its share takes both away.
///
/// Source: Linux Documentation/driver-api/vfio-mediated-device.rst; QEMU commit 0992ea07dbb5 (virtual functions have
/// no OpRegion); drivers/gpu/drm/i915/gvt/opregion.c (the driver emulates that of a mediated device).
package enum SharedGraphics: Hashable, Sendable {
    /// Functions 1 to 7 of 00:02, with the guest's id of the device.
    case virtualFunction(id: String, PCIAddress, at: SourceLocation?)
    /// A device of the host's `mdev` bus. Whose it is, the guest's configuration need not say.
    case mediated(id: String, isKnownToBeIGD: Bool, at: SourceLocation?)

    /// Why nothing is placed, in one sentence.
    package var statement: String {
        switch self {
        case .virtualFunction(let id, let host, _):
            "nothing to place: '\(id)' is \(host), a virtual function, which has neither stolen memory nor an OpRegion of its own"
        case .mediated(let id, _, _):
            "nothing to place: '\(id)' is a mediated device, which has neither stolen memory nor an OpRegion of its own"
        }
    }

    /// What must not be done, and what to do where the guess is wrong.
    package var advice: String {
        let keeps = "0000:00:02.0 stays with the host's driver, which provides it"
        if case .mediated(_, false, _) = self {
            return keeps
                + "; where it is another GPU's and the guest shall have the IGD, too, assign 0000:00:02.0 by hand"
        }
        return keeps
    }

    package var location: SourceLocation? {
        switch self {
        case .virtualFunction(_, _, let place), .mediated(_, _, let place): place
        }
    }

    package static let rule: RuleID = "shared-graphics"
}

extension GuestTopology {
    /// The share of the host's graphics that this guest has in place of the device; nil beside the device itself.
    package var sharedGraphics: SharedGraphics? {
        if let igd {
            return igd.host.isVirtualFunctionOfIGD
                ? .virtualFunction(id: igd.id, igd.host, at: igd.location) : nil
        }
        return devices.lazy.compactMap(\.sharedGraphics).first
    }
}

extension Device {
    /// The host's function that `vfio-pci` is given, by `host=` or by the last part of `sysfsdev=`.
    package var hostFunction: PCIAddress? {
        guard isAssigned else { return nil }
        return (self["host"]?.description ?? systemPath.last).flatMap { PCIAddress($0) }
    }

    private var isAssigned: Bool { ["vfio-pci", "vfio-pci-nohotplug"].contains(model) }

    private var systemPath: [String] {
        (self["sysfsdev"]?.description ?? "").split(separator: "/").map(String.init)
    }

    fileprivate var sharedGraphics: SharedGraphics? {
        guard isAssigned else { return nil }
        if let host = hostFunction {
            return host.isVirtualFunctionOfIGD ? .virtualFunction(id: id, host, at: location) : nil
        }
        let path = systemPath
        guard let name = path.last, name.isUUID else { return nil }
        // Below the parent's own folder the path names it; below the mdev bus it does not.
        guard path.count > 1, let parent = PCIAddress(path[path.count - 2]) else {
            return .mediated(id: id, isKnownToBeIGD: false, at: location)
        }
        return parent.isIGD ? .mediated(id: id, isKnownToBeIGD: true, at: location) : nil
    }
}

extension PCIAddress {
    /// 0000:00:02.0, where every host has its integrated graphics.
    package var isIGD: Bool { segment == 0 && bus == 0 && devfn == 2 << 3 }
    /// Its virtual functions, seven at most.
    package var isVirtualFunctionOfIGD: Bool { segment == 0 && bus == 0 && device == 2 && function > 0 }
}

extension String {
    /// `8-4-4-4-12` hexadecimal digits.
    fileprivate var isUUID: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}
