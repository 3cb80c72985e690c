// What a BIOS gives us: nothing but ports. Position independent: every pointer is made at run time, nothing is relocated.
#include "core.h"

__attribute__((section(".table"), used)) const volatile struct table table = { .magic = TABLE_MAGIC, .version = 1 };

// End of RAM below 4 GiB, as QEMU told the firmware; 0 where it did not.
static u32 ram_end(void)
{
    struct { u32 base[2], length[2], type; } entry;
    u32 end = 0, left = file_open("etc/e820") / sizeof entry;
    for (left = left < 128 ? left : 128; left; left--) {
        file_read(&entry, sizeof entry);
        u32 last = entry.base[0] + entry.length[0] - 1;
        if (entry.type == 1 && !entry.base[1] && !entry.length[1] && last >= entry.base[0] && last != 0xffffffff
            && last + 1 > end)
            end = last + 1;
    }
    return end;
}

static u32 lowest_of(u16 bdf, u32 kind, u32 floor, u32 low)
{
    int bridge = (kind & 0x7f) == 1;
    for (u8 at = 0x10; at <= (bridge ? 0x14 : 0x24); at += 4) {
        u32 v = config_read(bdf, at);
        int wide = (v & 7) == 4, high = wide && config_read(bdf, at + 4);
        if (!(v & 1) && !high && (v & ~15u) >= floor && (v & ~15u) < low)
            low = v & ~15u;
        at += 4 * wide;
    }
    u32 rom = config_read(bdf, bridge ? 0x38 : 0x30) & ~0x7ffu;
    if (rom >= floor && rom < low)
        low = rom;
    for (u8 at = 0x20; bridge && at <= 0x24; at += 4) {     // windows: memory, prefetchable
        u32 v = config_read(bdf, at), base = (v & 0xfff0) << 16;
        int high = at == 0x24 && config_read(bdf, 0x28);
        if (!high && (v & 0xfff00000) >= base && base >= floor && base < low)
            low = base;
    }
    return low;
}

// The lowest address in [floor, 0xfec00000) at which a BAR or a bridge window starts. Buses that nobody numbered are not
// looked at: 65536 functions take three seconds under KVM.
static u32 lowest(u32 floor)
{
    u32 low = 0xfec00000, last = file_open("etc/extra-pci-roots") ? 255 : 0;
    for (u32 bdf = 0; bdf < (last + 1) << 8; bdf++) {
        u32 absent = (config_read((u16)bdf, 0) & 0xffff) == 0xffff, kind = 0;
        if (!absent) {
            kind = config_read((u16)bdf, 0x0c) >> 16;
            low = lowest_of((u16)bdf, kind, floor, low);
            u32 subordinate = (kind & 0x7f) == 1 ? config_read((u16)bdf, 0x18) >> 16 & 0xff : 0;
            last = subordinate > last ? subordinate : last;
        }
        if (!(bdf & 7) && !(kind & 0x80))
            bdf += 7;                   // absent, or a single function
    }
    return low;
}

// Below everything that is there: SeaBIOS packs downwards from 0xfec00000, so what lies under the lowest range is free.
// Linux makes one entry of its memory map of a range that BDSM says and of what is reserved beside it, which then crosses the
// root bus's window: so there is a gap to configuration space and RAM, as long as one fits.
u64 take(u32 size)
{
    u32 ram = ram_end(), low = lowest(ram);
    u32 ecam = config_read(0, 0) == 0x29c08086 && config_read(0, 0x60) & 1 ? config_read(0, 0x60) & 0xf0000000 : 0;
    if (!ram)
        return 0;
    for (int tries = 0; tries < 2; tries++) {
        u64 gap = tries ? 0 : GAP, top = low;
        while (top >= ram + gap + size) {
            u64 base = (top - size) & ~(u64)(size - 1);
            if (base < ram + gap)
                break;
            if (!ecam || base >= ecam + 0x10000000ull + gap || base + size + gap <= ecam)
                return base;
            top = ecam - gap;
        }
    }
    return 0;
}

void give_back(u64 base, u32 size) { (void)base, (void)size; }

u8 *map(u64 address) { return address >> 32 ? 0 : (u8 *)(u32)address; }

// Called by bios.S.
void run(void)
{
    say("berth: BIOS\n");
    write_registers(&table);
}
