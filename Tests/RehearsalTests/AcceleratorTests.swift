import BerthBundled
import BerthPlacement
import BerthRehearsal
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// The guest's processor under TCG and under KVM, as arguments and as a prediction.
struct AcceleratorTests {
    private let host = HostedProcessor(vendor: .intel, addressBits: 46, hasGiantPages: true)

    private func planned(_ name: String) throws -> GuestTopology {
        let topology = try #require(try BundledTopologies.topology(named: name))
        return try Services.plan(topology).outcome.emittable().topology
    }

    /// Without files, which lie in a folder that nobody has here.
    private func arguments(_ stage: StagedGuest, _ host: HostedProcessor?) throws -> [String] {
        var guest = stage.guest
        guest.firmwareFiles = []
        return try GuestRehearsal.arguments(guest, host: host)
    }

    private func processor(_ words: [String]) -> [String] {
        words.indices.filter { words[$0] == "-cpu" }.map { words[$0 + 1] }
    }

    @Test func `under TCG a guest has a processor like the plan's, under KVM the host's own`() throws {
        let plan = try planned("pc-seabios-gen8")
        let tcg = StagedGuest(plan, on: QEMURelease(7, 2))
        #expect(tcg.guest.processor == Processor(vendor: .intel, physicalAddressBits: 39))
        #expect(
            processor(try arguments(tcg, nil)) == ["qemu64,vendor=GenuineIntel,phys-bits=39"]
        )
        let kvm = StagedGuest(plan, on: QEMURelease(7, 2), host: host)
        #expect(kvm.guest.processor.physicalAddressBits == 46 && kvm.guest.processor.vendor == .intel)
        #expect(kvm.guest.processor.hasGiantPages)
        #expect(processor(try arguments(kvm, host)) == ["host"])
        #expect(kvm.parts.contains(.hostProcessor(bits: 46)) && !tcg.parts.contains(.hostProcessor(bits: 46)))
        // Nothing else is another.
        let others = { (words: [String]) in words.filter { !$0.hasPrefix("qemu64,") && $0 != "-cpu" && $0 != "host" } }
        #expect(
            others(try arguments(tcg, nil))
                == others(try arguments(kvm, host)))
    }

    @Test func `a width that the guest was given stays, and what is the host's is the host's`() {
        let narrow = Processor(vendor: .amd, physicalAddressBits: 36)
        #expect(host.running(narrow) == narrow)
        #expect(host.model(narrow) == "host,vendor=AuthenticAMD,host-phys-bits=off,phys-bits=36,pdpe1gb=off")
        let reach = Processor(
            vendor: .intel, physicalAddressBits: 40, hasGiantPages: true, guestPhysicalAddressBits: 39)
        #expect(host.model(host.running(reach)) == "host,host-phys-bits=off,phys-bits=40,guest-phys-bits=39")
        var limited = Processor.passedThrough
        limited.fromHost?.limit = 42
        #expect(host.running(limited).physicalAddressBits == 42)
        #expect(host.model(host.running(limited)) == "host,host-phys-bits-limit=42")
    }

    @Test func `the processor of a machine is read from cpuinfo`() {
        let text = """
            processor\t: 0
            vendor_id\t: GenuineIntel
            model name\t: Intel(R) Core(TM) i5-8265U CPU @ 1.60GHz
            flags\t\t: fpu vme de pse pdpe1gb rdtscp lm
            address sizes\t: 39 bits physical, 48 bits virtual

            processor\t: 1
            vendor_id\t: AuthenticAMD
            """
        #expect(
            HostedProcessor(cpuinfo: text)
                == HostedProcessor(vendor: .intel, addressBits: 39, hasGiantPages: true))
        #expect(HostedProcessor(cpuinfo: "vendor_id\t: GenuineIntel\n") == nil)
        #expect(HostedProcessor(cpuinfo: "address sizes\t: 99 bits physical\n") == nil)
    }

    @Test func `what QEMU says of a guest that KVM gave up is told in one line`() {
        let complaint = """
            KVM internal error. Suberror: 1
            extra data[0]: 0x0000000000000000
            emulation failure
            EAX=000f0000 EBX=00000000 ECX=00000000 EDX=00000000
            ESI=00000000 EDI=00000000 EBP=00000000 ESP=00006cd0
            EIP=fffd27d4 EFL=00000046 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=0
            """
        #expect(
            GuestRun.wordsOfKVM(complaint) == "KVM internal error. Suberror: 1, emulation failure, at 0xfffd27d4")
        #expect(GuestRun.wordsOfKVM("error: kvm run failed Bad address\n") == "error: kvm run failed Bad address")
        #expect(GuestRun.wordsOfKVM("") == "it stopped with an internal error")
    }
}

/// Guests under the KVM of this machine, where there is one.
@Suite(.serialized) struct LiveKVMTests {
    private static let hasKVM = Accelerator.kvm.obstacle == nil

    private func rehearsal() -> GuestRehearsal {
        var rehearsal = GuestRehearsal(on: Stack.standard.qemu)
        rehearsal.run = .patient
        rehearsal.run.accelerator = .kvm
        return rehearsal
    }

    @Test(
        .enabled(if: hasKVM, "/dev/kvm can be opened"),
        arguments: ["pc-seabios-gen8", "q35-slot2-taken"])
    func `SeaBIOS does under KVM what is predicted for this machine's processor`(name: String) async throws {
        var topology = try #require(try BundledTopologies.topology(named: name))
        topology.firmware = FirmwareChoice(.seabios, of: topology.stack)
        let plan = try Services.plan(topology).outcome.emittable().topology
        let report = try await rehearsal().report(on: plan, strategies: nil)
        #expect(report.rows.filter { !$0.agrees } == [])
        #expect(report.rows.count > 30)
        let bits = try #require(HostedProcessor.ofThisMachine()).addressBits
        #expect(report.staged.contains(.hostProcessor(bits: bits)))
    }

    @Test(.enabled(if: hasKVM, "/dev/kvm can be opened"))
    func `OVMF is rehearsed, or KVM's own words say why this machine cannot`() async throws {
        let plan = try #require(try BundledTopologies.topology(named: "q35-ovmf-gen9"))
        do {
            let report = try await rehearsal().report(
                on: try Services.plan(plan).outcome.emittable().topology, strategies: nil)
            #expect(report.rows.filter { !$0.agrees } == [])
        } catch GuestRun.Failure.stoppedByKVM(let words) {
            #expect(words.hasPrefix("KVM internal error. Suberror: "))
        }
    }

    @Test(.enabled(if: !hasKVM, "/dev/kvm cannot be opened"))
    func `without KVM the reason is told`() async throws {
        await #expect {
            try await GuestRun.patient.with(.kvm).observe(arguments: ["-machine", "q35"], firmware: .seabios)
        } throws: { error in
            guard case GuestRun.Failure.noKVM(let reason) = error else { return false }
            return reason.hasPrefix("'/dev/kvm' cannot be opened: ")
        }
    }
}

extension GuestRun {
    fileprivate func with(_ accelerator: Accelerator) -> GuestRun {
        var copy = self
        copy.accelerator = accelerator
        return copy
    }
}
