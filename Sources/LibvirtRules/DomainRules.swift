package import BerthLibvirtDomain

/// All rules of domain XML.
package enum DomainRules {
    /// What is held against a document that libvirt could read, by the names of their files. A test holds the list against
    /// the folders.
    package static let checks: [any DomainCheck] = [
        AliasIsKept(), AliasOnce(), AudioBackend(), AudioIDOnce(), BackingStore(), BalloonOnce(), BitmapIsReadable(),
        BootOrderIsOne(), BusNumberIsUnique(), CCWIsForS390(), CapabilityIsKnown(), CharacterPort(),
        CharacterSourceComplete(), CharacterSourceOnce(), ChassisIsUnique(), CommandLineBARSize(), CommandLineSlot(),
        ControllerModelName(), ControllerNumberRange(), ControllerOption(), DeviceFitsMachine(), DeviceOptionStyle(),
        DiskAddressType(), DiskFitsBus(), DiskHasSource(), DiskImageFormat(), DiskOption(), DiskTargetOnce(),
        DiskThrottle(), DomainSetting(), DriveAddressRange(), DummyBARPlace(), EnvironmentName(), FeatureOption(),
        FilesystemOption(), FirmwareConfigurationName(), FirmwareIsInstalled(), FirmwareNeedsACPI(),
        FirmwareSelection(), FunctionZeroIsMulti(), FunctionZeroIsThere(), GraphicsOnce(), GraphicsOption(),
        HoleNeedsChipset(), HostDeviceAddressType(), HostDeviceDriver(), HostDeviceOnce(), HostDeviceSource(),
        HostDeviceSourceAddress(), HostDeviceWriteFiltering(), HostNodeIsThere(), HostSCSIIsNotBooted(),
        HostSCSIIsThere(), HugePageOption(), HugePagesAreMounted(), IGDBehindBridge(), IGDGuestAddress(),
        IGDIsTheOnlyDisplay(), IGDKeepsItsROM(), IGDNeedsFirmwareHelp(), IGDOnce(), IGDWantsLPC(), IOMMUFitsMachine(),
        IndexGap(), InputOption(), InterruptRemapping(), LifecycleAction(), MachineIsKnown(), MaximumMemory(),
        MediatedDisplay(), MemoryBackingSource(), MemoryDeviceNode(), MemoryDeviceOption(), MemorySizeGiven(),
        NUMACells(), NUMATuning(), NetworkOption(), NetworkStorage(), NoVideoIsAlone(), NoZPCI(), OnePrimaryVideo(),
        OverrideFindsDevice(), PCIDeviceOption(), PIIX3IDEIsThere(), ProcessorCount(), ProcessorOption(),
        ROMFileIsAbsolute(), RootHasNoAddress(), RootHasNoNode(), SMMMemory(), SecureBoot(), SecurityLabel(),
        SerialTarget(), SetIsDead(), SharedMemoryAddress(), SharedMemoryModel(), SharedMemoryName(), SharedMemorySize(),
        StorageController(), SystemInformation(), TimerOption(), TransientDisk(), TuningRange(), USBAddressOnce(),
        USBCompanionMaster(), USBPortExists(), UnassignedIsForHostDevices(), VhostUserDisk(), VideoOption(),
        VirtioAddressType(), VirtioSerialTarget(), WatchdogOfICH9(),
    ]

    /// For the catalogue: those that libvirt applies while it reads a document, and those above; by their ids.
    package static let all: [DomainRule] = {
        var known: Set<DomainRule> = []
        return (DomainRule.ofReading + checks.map(\.rule)).filter { known.insert($0).inserted }.sorted { $0.id < $1.id }
    }()
}
