import BerthBoot
package import BerthTopology
import FoundationEssentials
import Glibc

/// What executes the instructions of a rehearsed guest, by QEMU's own names (`-accel`).
package enum Accelerator: String, Hashable, Sendable, CaseIterable {
    /// QEMU itself; runs everywhere, whatever processor the guest has.
    case tcg
    /// The kernel; the guest has this machine's processor.
    case kvm

    static let device = "/dev/kvm"

    /// Entries of the memory map that come with it: the pages that KVM needs for itself in the guest.
    ///
    /// Source: `kvm_arch_init` in target/i386/kvm/kvm.c @ QEMU 7.2, `identity_base` and four pages.
    var reservations: [Observation.MemoryRange] {
        self == .kvm ? [Observation.MemoryRange(start: 0xfeff_c000, end: 0xff00_0000, type: 2)] : []
    }

    /// Why this process cannot use it; nil where it can.
    package var obstacle: String? {
        guard self == .kvm else { return nil }
        let descriptor = open(Self.device, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return "'\(Self.device)' cannot be opened: \(String(cString: strerror(errno)))" }
        close(descriptor)
        return nil
    }
}

/// The processor of the machine that runs guests under KVM, as far as firmware asks for it.
package struct HostedProcessor: Hashable, Sendable {
    package var vendor: Processor.Vendor
    /// CPUID 80000008 EAX[7:0].
    package var addressBits: Int
    package var hasGiantPages: Bool

    package init(vendor: Processor.Vendor, addressBits: Int, hasGiantPages: Bool) {
        self.vendor = vendor
        self.addressBits = addressBits
        self.hasGiantPages = hasGiantPages
    }

    /// Of `/proc/cpuinfo`: `vendor_id`, `address sizes`, `flags`. Nil where the width is not there.
    package init?(cpuinfo text: String) {
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let name = parts[0].filter { $0 != "\t" }
            if fields[name] == nil { fields[name] = String(parts[1].drop { $0 == " " }) }
        }
        guard let bits = fields["address sizes"]?.split(separator: " ").first.flatMap({ Int($0) }),
            (32...52).contains(bits)
        else { return nil }
        self.init(
            vendor: Processor.Vendor(identification: fields["vendor_id"] ?? ""), addressBits: bits,
            hasGiantPages: fields["flags"]?.split(separator: " ").contains("pdpe1gb") ?? false)
    }

    /// Nil where the kernel does not say.
    package static func ofThisMachine() -> HostedProcessor? {
        (try? Data(contentsOf: URL(filePath: "/proc/cpuinfo"))).flatMap {
            HostedProcessor(cpuinfo: String(decoding: $0, as: UTF8.self))
        }
    }

    /// A guest's processor here: what of it is the host's is this host's, and the rest is as it was asked for.
    package func running(_ processor: Processor) -> Processor {
        var processor = processor.onHost(addressBits: addressBits, giantPages: hasGiantPages)
        // Nobody names the vendor of a processor that is passed through.
        if processor.fromHost?.hasWidth == true { processor.vendor = vendor }
        return processor
    }

    /// `-cpu` for a processor that `running` made. QEMU's `host` takes this machine's width unless told otherwise.
    ///
    /// Source: `host_cpu_initfn` and `host_cpu_adjust_phys_bits` in target/i386/host-cpu.c @ QEMU 7.2.
    package func model(_ processor: Processor) -> String {
        var words = ["host"]
        if processor.vendor != vendor { words.append("vendor=\(processor.vendor.identification)") }
        if processor.fromHost?.hasWidth == true {
            if let limit = processor.fromHost?.limit { words.append("host-phys-bits-limit=\(limit)") }
        } else {
            words += ["host-phys-bits=off", "phys-bits=\(processor.physicalAddressBits)"]
            if let bits = processor.guestPhysicalAddressBits, processor.fromHost?.hasReach != true {
                words.append("guest-phys-bits=\(bits)")
            }
        }
        if processor.hasGiantPages != hasGiantPages {
            words.append("pdpe1gb=\(processor.hasGiantPages ? "on" : "off")")
        }
        return words.joined(separator: ",")
    }
}
