import Berth
import BerthRehearsal
import BerthTesting
import BerthVFIOUser
import Foundation
import FoundationXML
import Testing
import XCTest

/// A user's file may import all of these; every name of the face has to be clear there.
struct NamesTests {
    /// That it compiles is the test. A layout test holds the list against the sources.
    static let types: [any Any.Type] = [
        AddressBudget.self, (any AddressSpace).self, AppliedPlan.self, ApplyError.self, BootPhase.self, ByteCount.self,
        Catalog.self, ChangedDomain.self, Comparison.self, Domain.self, DomainXML.self, EmissionRefusal.self,
        EmittablePlan.self, Explanation.self, Finding.self, FirmwareChoice.self, FirmwareKind.self, Guest.self,
        GuestAction.self, GuestMemory.self, GuestOS.self, GuestPhysicalAddress.self, HostMachine.self, HostMemory.self,
        HostPhysicalAddress.self, InputError.self, InputLocation.self, InvalidDomain.self, LibvirtHost.self,
        LibvirtRelease.self, LibvirtSchema.self, LibvirtXML.self, LinuxRelease.self, MachineFamily.self,
        MachineVendor.self, OVMFRelease.self, Outcome.self, PCIAddress.self, PhysicalAddress<GuestMemory>.self,
        Plan.self, PlanConstraints.self, PlannedBerth.self, Planner.self, Planning.self, PlanningError.self,
        PredictedAddress.self, PredictedFunction.self, Prediction.self, Purpose.self, QEMUArguments.self,
        QEMURelease.self,
        Region.self, RegionExposure.self, Rehearsal.self, RehearsalError.self, RehearsalResult.self, (any Release).self,
        RuleID.self, SeaBIOSRelease.self, Severity.self, SourceExcerpt.self, Stack.self, StrategyID.self, Timeline.self,
        CarrierFunction.self, (any FunctionBehaviour).self, FunctionError.self, FunctionRegion.self,
        FunctionRegisters.self,
        FunctionServer.self, SharedMemory.self, UnknownDevice.self, UnknownName.self, Verdict.self,
    ]

    @Test func `names are clear beside Testing, XCTest and Foundation`() {
        // Two aliases name types that are in the list.
        #expect(Set(Self.types.map(ObjectIdentifier.init)).count == Self.types.count - 1)
    }
}
