/// The settings of a VM.
///
/// Source: `$confdesc` and `$confdesc_cloudinit` in PVE/QemuServer.pm @ qemu-server 9.2.6, with what 7.4 had and 9 has not, and the
/// keys that qemu-server writes by itself.
enum KnownKeys {
    static func has(_ key: String) -> Bool {
        if plain.contains(key) { return true }
        let name = key.prefix { !$0.isNumber }
        guard name.count < key.count, let limit = numbered[String(name)], let number = Int(key.dropFirst(name.count))
        else {
            return false
        }
        return number < limit
    }

    static var names: [String] { plain.sorted() + numbered.keys.sorted().map { "\($0)0" } }

    private static let plain = Set(
        """
        acpi affinity agent allow-ksm amd-sev arch args audio0 autostart balloon bios boot bootdisk cdrom cicustom cipassword
        citype ciupgrade ciuser cores cpu cpulimit cpuunits description digest efidisk0 freeze hookscript hotplug hugepages
        intel-tdx ivshmem keephugepages keyboard kvm localtime lock machine memory meta migrate_downtime migrate_speed name
        nameserver numa onboot ostype parent pool protection reboot rng0 running-nets-host-mtu runningcpu runningmachine
        scsihw searchdomain shares smbios1 smp snapstate snaptime sockets spice_enhancements sshkeys startdate startup tablet
        tags tdf template tpmstate0 vcpus vga vmgenid vmstate vmstatestorage watchdog
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// How many there are of each, from 0.
    private static let numbered = [
        "hostpci": 16, "ide": 4, "ipconfig": 32, "net": 32, "numa": 8, "parallel": 3, "sata": 6, "scsi": 31,
        "serial": 4,
        "unused": 256, "usb": 14, "virtio": 16, "virtiofs": 10,
    ]

    /// Drives in the order in which qemu-server gives them to QEMU.
    ///
    /// Source: `valid_drive_names` in PVE/QemuServer/Drive.pm @ qemu-server 9.2.6.
    static let drives: [String] =
        [("ide", 4), ("scsi", 31), ("virtio", 16), ("sata", 6)].flatMap { name, count in
            (0..<count).map { "\(name)\($0)" }
        }
}
