/// All rules of domain XML, by the names of their files. A test holds the list against the folder.
public enum DomainRules {
    public static let all: [any DomainRule] = [
        AddressHasType(), AddressIsFreeInDomain(), AliasIsKept(), AliasOnce(), AudioIDOnce(), BalloonOnce(),
        BootOrderIsOne(), BridgeIndexAboveBus(), BusHasController(), BusNumberIsFree(), BusNumberIsUnique(),
        CCWIsForS390(), CapabilityIsKnown(), CharacterPort(), CharacterSourceOnce(), ChassisIsUnique(),
        CommandLineBARSize(), CommandLineSlot(), ControllerIndexOnce(), ControllerIndexRange(),
        ControllerModelKnown(), ControllerModelName(), ControllerNumberRange(), ControllerOption(), DeviceCount(),
        DeviceFitsBus(), DeviceOptionStyle(), DiskAddressType(), DiskHasSource(), DiskNameKnown(), DiskTargetOnce(),
        DummyBARPlace(), ElementIsOnce(), ElementIsThere(), EmptyAddress(), EnvironmentName(), ExpanderFitsMachine(),
        FirmwareConfigurationName(), FirmwareIsInstalled(), FirmwareNeedsACPI(), FirmwareSelection(),
        FunctionZeroIsMulti(), FunctionZeroIsThere(), GraphicsOnce(), HoleNeedsChipset(), HostDeviceAddressType(),
        HostDeviceDriver(), HostDeviceOnce(), HostDeviceSourceAddress(), HostDeviceWriteFiltering(),
        HostSCSIIsNotBooted(), HugePagesAreMounted(), IGDBehindBridge(), IGDGuestAddress(), IGDIsTheOnlyDisplay(),
        IGDKeepsItsROM(), IGDNeedsFirmwareHelp(), IGDOnce(), IGDWantsLPC(), IOMMUFitsMachine(), IndexGap(),
        InterruptRemapping(), MachineHasPCI(), MachineIsKnown(), MediatedDisplay(), MemoryBackingSource(),
        MemoryDeviceNode(), MemorySizeGiven(), ModelIsKnown(), NamespaceIsRight(), NoVideoIsAlone(), NoZPCI(),
        NodeExists(), NumberIsReadable(), OctalNumber(), OnePrimaryVideo(), OverrideFindsDevice(), OverrideKeepsID(),
        OverrideValueFits(), PCIAddressRange(), PCIDomainIsZero(), PIIX3IDEIsThere(), PIIX3NeedsPCI(),
        PIIX3USBPlace(), PrimaryIDEPlace(), PrimarySATAPlace(), ROMFileIsAbsolute(), ROMIsTunedOrOff(), RootElement(),
        RootHasNoAddress(), RootHasNoNode(), RootIndexIsZero(), RootModelFitsMachine(), SMMMemory(), SecureBoot(),
        SetIsDead(), SharedMemoryAddress(), SharedMemoryModel(), SharedMemoryName(), SharedMemorySize(),
        SlotIsAvailable(), SlotIsOnBus(), USBAddressOnce(), USBCompanionHasMaster(), USBIsEnabled(),
        UnassignedIsForHostDevices(), ValueIsKnown(), ValueIsThere(), VideoOption(), VirtioSerialPort(),
    ]
}
