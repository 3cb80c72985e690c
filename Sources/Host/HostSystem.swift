package import BerthPCI

/// What is known of the host beside its PCI functions. Nil: the dump does not say.
package struct HostSystem: Hashable, Sendable {
    /// Maker and name of the machine, by its firmware: `LENOVO 20L5`.
    package var machine: String?
    /// Its firmware's version.
    package var firmware: String?
    /// Release of the running kernel: `6.12.48+deb13-amd64`.
    package var kernel: String?
    /// Words of the kernel's command line.
    package var commandLine: [String]?
    /// Modules that matter here and are there, loaded or built in, in alphabetical order.
    package var modules: [String]?
    /// Whether the kernel uses an IOMMU.
    package var hasIOMMU: Bool?
    /// Who has a framebuffer, by `/proc/fb`: `i915drmfb`, `EFI VGA`.
    package var framebuffers: [String]?
    /// All of the memory.
    package var memory: ByteCount?
    /// Pages that are larger than 4 KiB, the smallest first.
    package var hugePages: [HugePages]?
    /// How much a program of the user who asked may lock.
    package var lockLimit: LockLimit?

    /// Pages of one size, set aside at boot or by hand.
    package struct HugePages: Hashable, Sendable, Codable {
        package var size: UInt64
        package var total: Int
        package var free: Int

        package init(size: UInt64, total: Int, free: Int) {
            self.size = size
            self.total = total
            self.free = free
        }
    }

    /// RLIMIT_MEMLOCK.
    package enum LockLimit: Hashable, Sendable {
        case unlimited
        case bytes(ByteCount)
    }

    package init() {}

    /// What two dumps say together; this one counts where both do.
    func merging(_ other: Self) -> Self {
        var result = self
        result.machine = machine ?? other.machine
        result.firmware = firmware ?? other.firmware
        result.kernel = kernel ?? other.kernel
        result.commandLine = commandLine ?? other.commandLine
        result.modules = modules ?? other.modules
        result.hasIOMMU = hasIOMMU ?? other.hasIOMMU
        result.framebuffers = framebuffers ?? other.framebuffers
        result.memory = memory ?? other.memory
        result.hugePages = hugePages ?? other.hugePages
        result.lockLimit = lockLimit ?? other.lockLimit
        return result
    }
}
