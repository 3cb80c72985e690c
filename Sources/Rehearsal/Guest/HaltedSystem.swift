/// The least operating system: it halts.
///
/// A guest with nothing to boot goes on to its network cards, and iPXE changes their BARs while somebody looks. With this for `-kernel`,
/// what is there when the firmware ends stays.
enum HaltedSystem {
    /// A kernel of the boot protocol before 2.00: a boot sector, four sectors of setup code, which is entered at its first byte, and
    /// one of the kernel proper. Source: Linux `Documentation/arch/x86/boot.rst`; QEMU `x86_load_linux`.
    static let image: [UInt8] = {
        var image = [UInt8](repeating: 0, count: 6 * 512)
        image[0x1f1] = 4
        // cli; hlt; and again, should anything wake it.
        image.replaceSubrange(512..<516, with: [0xfa, 0xf4, 0xeb, 0xfd])
        return image
    }()
}
