import BerthDiagnostics
package import BerthLibvirtDomain
import BerthStack

/// All rules of domain XML. A test holds the lists against the folders.
package enum DomainRules {
    /// By the names of their files.
    package static let single: [any DomainCheck] = [
        AliasIsKept(), AliasOnce(), ArgumentIsOneWord(), BitmapIsReadable(), BusNumberIsUnique(), CCWIsForS390(),
        CapabilityIsKnown(),
        ChassisIsUnique(), CommandLineBARSize(), CommandLineSlot(), ControllerModelName(), ControllerNumberRange(),
        ControllerOption(), DeviceOptionStyle(), DevicePropertyExists(), DiskAddressType(), DiskHasSource(),
        DriveAddressExists(),
        DriveAddressOnce(), DummyBARPlace(), EnvironmentName(), FirmwareIsInstalled(), FirmwareNeedsACPI(),
        FunctionZeroIsMulti(), FunctionZeroIsThere(), HoleNeedsChipset(), HostDeviceAddressType(), HostDeviceDriver(),
        HostDeviceOnce(), HostDeviceSourceAddress(), HostDeviceWriteFiltering(), HostNodeIsThere(), HostSCSIIsThere(),
        HugePagesAreMounted(), IGDBehindBridge(), IGDGuestAddress(), IGDIsTheOnlyDisplay(), IGDKeepsItsROM(),
        IGDNeedsFirmwareHelp(), IGDOnce(), IGDWantsLPC(), IndexGap(), MachineIsKnown(), MemoryBackingSource(),
        MemorySizeGiven(), NameIsKnown(), NoZPCI(), OverrideFindsDevice(), OverrideFitsProperty(), PIIX3IDEIsThere(),
        RootHasNoAddress(), RootHasNoNode(),
        SetIsDead(), SharedMemoryAddress(), TransientDisk(), UnassignedIsForHostDevices(), VirtioAddressType(),
    ]

    package static let tables: [any RuleTable.Type] = [
        BackingStores.self, CharacterSources.self, ClockTimers.self, DiskFormats.self, DiskIdentity.self,
        DiskKinds.self, DiskLimits.self, DiskOptions.self, DomainSettings.self, FeatureSettings.self,
        FilesystemOptions.self, FirmwareSelection.self, GraphicsDevices.self, HostDeviceOptions.self,
        HostDeviceSources.self, HugePages.self, IOMMUDevices.self, IOThreads.self, InputDevices.self,
        InterfaceAddresses.self, InterfaceModels.self, InterfaceOptions.self, LifecycleActions.self, LunOptions.self,
        MemoryDevices.self, MemoryHotplug.self, NUMACells.self, NUMATuning.self, NetworkDisks.self,
        PassthroughArguments.self,
        PCIDeviceOptions.self, ProcessorCount.self, ProcessorModel.self, ProcessorTuning.self, SecureFirmware.self,
        SecurityLabels.self, SerialDevices.self, SharedMemory.self, SingleDevices.self, SoundDevices.self,
        StorageControllers.self, SystemInformation.self, SystemSettings.self, TrustedDevices.self, USBAddresses.self,
        USBControllers.self, VhostUserDisks.self, VideoDevices.self, VirtioChannels.self, VirtiofsOptions.self,
        Watchdogs.self,
    ]

    /// What is held against a document once libvirt could read it, by id: findings do not depend on the lists.
    static let checks: [any DomainCheck] = (single + tables.flatMap { $0.all as [any DomainCheck] })
        .map { (id: $0.rule.id, check: $0) }.sorted { $0.id < $1.id }.map(\.check)

    /// With what decides whether a document is asked: made once, for documents by the thousand.
    private static let numbered: [(check: any DomainCheck, releases: LibvirtSpan, subject: Int?)] = checks.map {
        check in
        (check, check.rule.releases, check.subject.flatMap { subjects[$0] })
    }

    /// The elements that checks are about, numbered.
    private static let subjects = Dictionary(
        uniqueKeysWithValues: Set(checks.compactMap(\.subject)).sorted().enumerated().map { ($1, $0) })

    /// Makes the lists, for whoever has a moment before they are needed.
    package static func readAhead() { _ = (numbered.count, subjects.count) }

    /// What the rules of the release that reads a document have to say, in the order of their ids.
    static func findings(in domain: CheckedDomain) -> [Finding] {
        var isThere = [Bool](repeating: false, count: subjects.count)
        for name in domain.deviceNames {
            if let number = subjects[name] { isThere[number] = true }
        }
        var findings: [Finding] = []
        let libvirt = domain.libvirt
        for (check, releases, subject) in numbered {
            if let subject, !isThere[subject] { continue }
            guard releases.contains(libvirt) else { continue }
            findings += check.check(domain)
        }
        return findings
    }

    /// For the catalogue, by their ids: those that libvirt applies while it reads a document, and those above.
    package static let all: [DomainRule] = {
        var known: Set<DomainRule> = []
        return (DomainRule.ofReading + checks.map(\.rule)).filter { known.insert($0).inserted }.sorted { $0.id < $1.id }
    }()
}
