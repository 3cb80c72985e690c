import BerthRehearsal
import BerthStack
import Foundation

/// What SeaBIOS, QEMU and Linux say while a guest is rehearsed.
enum GuestReports {
    /// All of it is read by each reader, which takes what is its own.
    static func read(_ text: String) {
        if let words = FirmwareKind.seabios.traits.log {
            _ = FirmwareLog.release(text, words)
            _ = FirmwareLog.memoryMap(text, words)
        }
        _ = DecodeTrace.events(text)
        _ = LinuxMessages.reservations(text)
        guard let start = text.firstIndex(of: "{") else { return }
        let report = try? JSONDecoder().decode(PCIFunctionReport.self, from: Data(text[start...].utf8))
        _ = report?.isBeingSized
    }

    static let seeds = [
        """
        SeaBIOS (version 1.16.2-debian-1.16.2-1)
        e820 map has 3 items:
          0: 0000000000000000 - 000000000009fc00 = 1 RAM
          1: 000000000009fc00 - 00000000000a0000 = 2 RESERVED
          2: 00000000feffc000 - 00000000ff000000 = 2 RESERVED

        """,
        """
        pci_update_mappings_add d=0x55d0c1 00:02.0 2,0xe0000000+0x10000000
        4711@1700000000.123456:pci_update_mappings_del d=0x55d0c1 00:02.0 2,0xe0000000+0x10000000

        """, "Reserving Intel graphics memory at [mem 0xf8000000-0xfbffffff]\r\n",
        """
        {"bus": 0, "slot": 2, "function": 0, "class_info": {"class": 768, "desc": "VGA controller"}, "id": {"device": 5654, \
        "vendor": 32902}, "qdev_id": "igd", "irq_pin": 1, "regions": [{"bar": 0, "mem_type_64": true, "size": 16777216, \
        "address": 4261412864, "type": "memory", "prefetch": false}, {"bar": 4, "size": 64, "address": -1, "type": "io"}]}
        """,
        """
        {"bus": 0, "slot": 3, "function": 0, "class_info": {"class": 1540}, "id": {"device": 1, "vendor": 6966}, \
        "qdev_id": "", "regions": [], "pci_bridge": {"bus": {"number": 0, "secondary": 1, "subordinate": 2, \
        "io_range": {"base": 49152, "limit": 53247}, "memory_range": {"base": 4261412864, "limit": 4263509503}, \
        "prefetchable_range": {"base": 4263510016, "limit": 4265607167}}, "devices": []}}
        """,
    ]

    static let words = [
        "e820 map has", "0000000000000000 - 000000000009fc00 = 1", "pci_update_mappings_add", "00:02.0",
        "2,0xe0000000+0x10",
        "Reserving Intel graphics memory at [mem ", "\"address\": 18446744073709551615", "\"size\": 0",
        "\"pci_bridge\"",
        "\"regions\": []", "null", "ffffffffffffffff", "SeaBIOS (version ",
    ]
}
