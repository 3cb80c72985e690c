import BerthLibvirtDomain

/// All rules of domain XML, by the names of their files. A test holds the list against the folder.
package enum DomainRules {
    package static let all: [any DomainRule] = [
        AddressHasType(), AddressIsFreeInDomain(), AliasIsKept(), AliasOnce(), AudioBackend(), AudioIDOnce(),
        BackingStore(), BalloonOnce(), BitmapIsReadable(), BootOrderIsOne(), BridgeIndexAboveBus(), BusHasController(),
        BusNumberIsFree(), BusNumberIsUnique(), CCWIsForS390(), CapabilityIsKnown(), CharacterPort(),
        CharacterSourceComplete(), CharacterSourceOnce(), ChassisIsUnique(), CommandLineBARSize(), CommandLineSlot(),
        ControllerIndexOnce(), ControllerIndexRange(), ControllerModelKnown(), ControllerModelName(),
        ControllerNumberRange(), ControllerOption(), DeviceCount(), DeviceFitsBus(), DeviceFitsMachine(),
        DeviceOptionStyle(), DiskAddressType(), DiskFitsBus(), DiskHasSource(), DiskImageFormat(), DiskNameKnown(),
        DiskOption(), DiskTargetOnce(), DiskThrottle(), DomainSetting(), DriveAddressRange(), DummyBARPlace(),
        ElementIsOnce(), ElementIsThere(), EmptyAddress(), EnvironmentName(), ExpanderFitsMachine(), FeatureOption(),
        FilesystemOption(), FirmwareConfigurationName(), FirmwareIsInstalled(), FirmwareNeedsACPI(),
        FirmwareSelection(), FunctionZeroIsMulti(), FunctionZeroIsThere(), GraphicsOnce(), GraphicsOption(),
        HoleNeedsChipset(), HostDeviceAddressType(), HostDeviceDriver(), HostDeviceOnce(), HostDeviceSource(),
        HostDeviceSourceAddress(), HostDeviceWriteFiltering(), HostNodeIsThere(), HostSCSIIsNotBooted(),
        HostSCSIIsThere(), HugePageOption(), HugePagesAreMounted(), IGDBehindBridge(), IGDGuestAddress(),
        IGDIsTheOnlyDisplay(), IGDKeepsItsROM(), IGDNeedsFirmwareHelp(), IGDOnce(), IGDWantsLPC(), IOMMUFitsMachine(),
        IndexGap(), InputOption(), InterruptRemapping(), LifecycleAction(), MachineHasPCI(), MachineIsKnown(),
        MaximumMemory(), MediatedDisplay(), MemoryBackingSource(), MemoryDeviceNode(), MemoryDeviceOption(),
        MemorySizeGiven(), ModelIsKnown(), NUMACells(), NUMATuning(), NamespaceIsRight(), NetworkOption(),
        NetworkStorage(), NoVideoIsAlone(), NoZPCI(), NodeExists(), NumberIsReadable(), OctalNumber(),
        OnePrimaryVideo(), OverrideFindsDevice(), OverrideKeepsID(), OverrideValueFits(), PCIAddressRange(),
        PCIDeviceOption(), PCIDomainIsZero(), PIIX3IDEIsThere(), PIIX3NeedsPCI(), PIIX3USBPlace(), PrimaryIDEPlace(),
        PrimarySATAPlace(), ProcessorCount(), ProcessorOption(), ROMFileIsAbsolute(), ROMIsTunedOrOff(), RootElement(),
        RootHasNoAddress(), RootHasNoNode(), RootIndexIsZero(), RootModelFitsMachine(), SMMMemory(), SecureBoot(),
        SecurityLabel(), SerialTarget(), SetIsDead(), SharedMemoryAddress(), SharedMemoryModel(), SharedMemoryName(),
        SharedMemorySize(), SlotIsAvailable(), SlotIsOnBus(), StorageController(), SystemInformation(), TimerOption(),
        TransientDisk(), TuningRange(), USBAddressOnce(), USBCompanionHasMaster(), USBCompanionMaster(),
        USBIsEnabled(), USBPortExists(), UnassignedIsForHostDevices(), ValueIsKnown(), ValueIsThere(), VhostUserDisk(),
        VideoOption(), VirtioAddressType(), VirtioSerialPort(), VirtioSerialTarget(),
    ]
}
