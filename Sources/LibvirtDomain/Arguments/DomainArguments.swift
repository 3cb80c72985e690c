import BerthDiagnostics
import BerthStack

/// The QEMU arguments that libvirt makes of a domain whose addresses are known.
package enum DomainArguments {
    /// The `-device` arguments of everything on PCI, in libvirt's order, with the overrides in place.
    ///
    /// Source: `qemuBuildCommandLine` in src/qemu/qemu_command.c @ 9.0.0, 11.3.0.
    package static func devices(_ domain: AssignedDomain) -> [NativeDevice] {
        let context = ArgumentContext(domain)
        var devices: [NativeDevice] = []
        func add(
            _ kind: DomainDevice.Kind, _ make: (Int) -> NativeDevice?,
            where isMeant: (DomainDevice) -> Bool = { _ in true }
        ) {
            for (index, device) in domain[kind].enumerated() where isMeant(device) {
                guard var argument = make(index) else { continue }
                argument.apply(domain.passthrough.overrides)
                argument.location = domain.location(of: device)
                devices.append(argument)
            }
        }
        // Behind the controllers from a release after 11.3 on, as 12.8 has it, since one may be behind a bus of theirs.
        let isLate = LibvirtSpan.since(11, 4).contains(domain.libvirt)
        if !isLate { add(.iommu, context.iommu) }
        for type in ["pci", "usb", "scsi", "ide", "sata", "virtio-serial", "nvme"] {
            add(.controller, context.controller) { $0.type == type }
        }
        if isLate { add(.iommu, context.iommu) }
        add(.memory, context.memory)
        add(.disk, context.disk)
        add(.filesystem, context.filesystem)
        add(.interface, context.interface)
        add(.serial, context.serial)
        add(.input, context.input)
        add(.video, context.video)
        add(.sound, context.sound)
        add(.watchdog, context.watchdog)
        add(.interface, context.borrowedInterface)
        add(.hostdev, context.hostDevice)
        add(.memballoon, context.balloon)
        add(.rng, context.randomNumbers)
        add(.panic, context.panic)
        add(.shmem, context.sharedMemory)
        add(.vsock, context.vsock)
        add(.crypto, context.crypto)
        add(.pstore, context.persistentStore)
        return devices
    }
}
