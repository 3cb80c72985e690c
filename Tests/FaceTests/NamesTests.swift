import Berth
import BerthRehearsal
import BerthTesting
import Foundation
import FoundationXML
import Testing
import XCTest

/// A user's file may import all of these; every name of the face has to be clear there.
struct NamesTests {
    /// That it compiles is the test. A layout test holds the list against the sources.
    static let types: [any Any.Type] = [
        AddressBudget.self, (any AddressSpace).self, BootPhase.self, ByteCount.self, Catalog.self, CatalogEntry.self,
        ChangedDomain.self, Domain.self, DomainXML.self, Finding.self, FirmwareChoice.self, FirmwareKind.self,
        Guest.self, GuestAction.self, GuestMemory.self, GuestOS.self, GuestPhysicalAddress.self, HostGraphics.self,
        HostMachine.self, HostMemory.self, HostPhysicalAddress.self,
        InputError.self, InputLocation.self, InvalidDomain.self, LibvirtHost.self, LibvirtRelease.self,
        LibvirtSchema.self, LinuxRelease.self,
        MachineFamily.self, MemoryMapRange.self, OVMFRelease.self, PCIAddress.self, PhysicalAddress<GuestMemory>.self,
        PredictedBAR.self, PredictedBridge.self, PredictedFunction.self, Prediction.self, QEMURelease.self, Region.self,
        RegionExposure.self, Rehearsal.self, RehearsalError.self, RehearsalResult.self, (any Release).self, RuleID.self,
        SeaBIOSRelease.self, Severity.self,
        SourceExcerpt.self, Stack.self, Timeline.self, TimelineEvent.self, UnknownDevice.self, UnknownName.self,
        MachineVendor.self,
    ]

    @Test func `names are clear beside Testing, XCTest and Foundation`() {
        // Two aliases name types that are in the list.
        #expect(Set(Self.types.map(ObjectIdentifier.init)).count == Self.types.count - 1)
    }
}
