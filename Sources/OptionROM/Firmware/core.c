// Acts on the table. Everything is checked before anything is changed, what fails later is undone, and nothing waits: each
// loop has a bound that its data cannot raise.
#include "core.h"

static void out8(u16 port, u8 v) { __asm__ volatile("outb %0, %1" : : "a"(v), "Nd"(port)); }
static void out16(u16 port, u16 v) { __asm__ volatile("outw %0, %1" : : "a"(v), "Nd"(port)); }
static void out32(u16 port, u32 v) { __asm__ volatile("outl %0, %1" : : "a"(v), "Nd"(port)); }
static u8 in8(u16 port) { u8 v; __asm__ volatile("inb %1, %0" : "=a"(v) : "Nd"(port)); return v; }
static u32 in32(u16 port) { u32 v; __asm__ volatile("inl %1, %0" : "=a"(v) : "Nd"(port)); return v; }

#ifdef __x86_64__                       // UEFI's timer handlers may use the same index register
#define LOCK u64 flags; __asm__ volatile("pushfq; popq %0; cli" : "=r"(flags) : : "memory")
#define UNLOCK __asm__ volatile("pushq %0; popfq" : : "r"(flags) : "memory", "cc")
#else                                   // the BIOS image keeps interrupts off throughout
#define LOCK
#define UNLOCK
#endif

u32 config_read(u16 bdf, u8 offset)
{
    LOCK;
    out32(0xcf8, 0x80000000u | (u32)bdf << 8 | (offset & 0xfcu));
    u32 v = in32(0xcfc);
    UNLOCK;
    return v;
}

void config_write(u16 bdf, u8 offset, u32 value)
{
    LOCK;
    out32(0xcf8, 0x80000000u | (u32)bdf << 8 | (offset & 0xfcu));
    out32(0xcfc, value);
    UNLOCK;
}

void say(const char *s)
{
    if (in8(0x402) == 0xe9)             // QEMU's isa-debugcon; whatever else is there is not ours to write to
        while (*s)
            out8(0x402, (u8)*s++);
}

void say_hex(u64 v)
{
    char text[17];
    int n = 16;
    text[n] = 0;
    do {
        u8 digit = v & 15;
        text[--n] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        v >>= 4;
    } while (v);
    say(text + n);
}

// One exit of the hypervisor for many bytes, where it can.
void file_read(void *to, u32 size)
{
    __asm__ volatile("cld; rep insb" : "+D"(to), "+c"(size) : "d"((u16)0x511) : "memory", "cc");
}

static u32 file_be32(const u8 *b) { return (u32)b[0] << 24 | (u32)b[1] << 16 | (u32)b[2] << 8 | b[3]; }

u32 file_open(const volatile char *name)
{
    u8 entry[64];                       // size, selector, two bytes, name
    out16(0x510, 0);
    file_read(entry, 4);
    if (file_be32(entry) != 0x51454d55) // "QEMU"
        return 0;
    out16(0x510, 0x19);                 // the directory
    file_read(entry, 4);
    u32 left = file_be32(entry);
    for (left = left < 1024 ? left : 1024; left; left--) {
        int same = 1;
        file_read(entry, 64);
        for (int i = 0; i < 56 && same; i++) {
            same = (char)entry[8 + i] == name[i];
            if (!name[i])
                break;
        }
        if (same) {
            out16(0x510, (u16)(entry[4] << 8 | entry[5]));
            return file_be32(entry);
        }
    }
    return 0;
}

// Follows bridges down from bus 0; 0xffff where nothing answers.
static u16 find(const volatile u8 *path)
{
    u16 bdf = path[0];
    for (int i = 1; i < MAX_DEPTH && path[i] != 0xff; i++) {
        if ((config_read(bdf, 0x0c) >> 16 & 0x7f) != 1)
            return 0xffff;
        bdf = (u16)((config_read(bdf, 0x18) & 0xff00) | path[i]);
    }
    return (config_read(bdf, 0) & 0xffff) == 0xffff ? 0xffff : bdf;
}

struct bar { u16 bdf; u8 at; int wide; u32 kind, command, size; u64 address; };

static void bar_set(struct bar *b, u64 address)
{
    config_write(b->bdf, 4, b->command & ~3u);
    config_write(b->bdf, b->at, (u32)address | b->kind);
    if (b->wide)
        config_write(b->bdf, b->at + 4, (u32)(address >> 32));
    config_write(b->bdf, 4, b->command);
    b->address = address;
}

static const char *bar_read(struct bar *b, u16 bdf, u8 index)
{
    u32 low;
    if (config_read(bdf, 0x0c) >> 16 & 0x7f || index > 5)
        return "no such BAR";
    b->bdf = bdf;
    b->at = (u8)(0x10 + 4 * index);
    low = config_read(bdf, b->at);
    b->kind = low & 15;
    b->command = config_read(bdf, 4) & 0xffff;      // a write of 0 to the status half changes nothing
    b->wide = (low & 6) == 4;
    if (low & 1 || (b->wide && index == 5))
        return "no memory BAR";
    b->address = low & ~15u;
    if (b->wide)
        b->address |= (u64)config_read(bdf, b->at + 4) << 32;
    config_write(bdf, 4, b->command & ~3u);
    config_write(bdf, b->at, ~0u);
    b->size = -(config_read(bdf, b->at) & ~15u);
    bar_set(b, b->address);
    return b->size ? 0 : "no BAR, or one of 4 GiB and more";
}

// The file that is selected. Memory that does not keep what is written to it holds no region.
static const char *copy(struct bar *b, u32 size, volatile u8 *to)
{
    u8 part[64];
    int same = 1;
    config_write(b->bdf, 4, b->command | 2);
    for (u32 at = 0; at < size; at += sizeof part) {
        u32 count = size - at < sizeof part ? size - at : sizeof part;
        file_read(part, count);
        for (u32 i = 0; i < count; i++) {
            to[at + i] = part[i];
            same &= to[at + i] == part[i];
        }
    }
    config_write(b->bdf, 4, b->command);
    return same ? 0 : "the BAR does not keep what is written to it";
}

static const char *fill_and_point(const volatile struct rule *r, u16 target, struct bar *b, u32 size, u8 *memory)
{
    const char *failure = size ? copy(b, size, memory) : 0;
    u32 low, high = 0;
    if (failure)
        return failure;
    low = config_read(target, r->reg);
    config_write(target, r->reg, (u32)b->address);
    if (r->width == 8) {
        high = config_read(target, r->reg + 4);
        config_write(target, r->reg + 4, (u32)(b->address >> 32));
    }
    if (config_read(target, r->reg) == (u32)b->address
        && (r->width == 4 || config_read(target, r->reg + 4) == (u32)(b->address >> 32)))
        return 0;
    config_write(target, r->reg, low);
    if (r->width == 8)
        config_write(target, r->reg + 4, high);
    return "the register does not keep the address";
}

static const char *apply(const volatile struct rule *r)
{
    u16 target = find(r->target), carrier = find(r->carrier);
    struct bar b;
    const char *failure;
    u64 old, moved = 0;
    u32 size = 0;
    u8 *memory;

    if (target == 0xffff || (config_read(target, 0) & 0xffff) != 0x8086 || config_read(target, 8) >> 24 != 3)
        return "no Intel display at the target";
    if (carrier == 0xffff || config_read(carrier, 0) != ((u32)r->device << 16 | r->vendor))
        return "no carrier";
    if ((failure = bar_read(&b, carrier, r->bar)))
        return failure;
    say(" at "); say_hex(b.address);
    if (!b.address || (u32)b.address == -b.size)    // also when firmware runs a display's ROM again on resume from S3
        return "the BAR is unassigned";
    if (r->file[0] && (!(size = file_open(r->file)) || size > b.size))
        return size ? "the file is larger than the BAR" : "no such fw_cfg file";
    old = b.address;
    if ((r->width == 4 || size) && old + b.size > 1ull << 32) {
        // Behind a bridge the window would have to move as well.
        if (!(r->flags & MAY_MOVE) || r->carrier[1] != 0xff || !b.wide)
            return "the BAR is out of the register's reach";
        if (!(moved = take(b.size)))
            return "the BAR is out of the register's reach, and below 4 GiB there is no room for it";
        bar_set(&b, moved);
        say(" moved to "); say_hex(moved);
        if (size)
            file_open(r->file);                     // finding room may have read another
    }
    memory = map(b.address);
    failure = size && !memory ? "the BAR is out of reach" : fill_and_point(r, target, &b, size, memory);
    if (failure && moved) {
        bar_set(&b, old);
        give_back(moved, b.size);
        say(" moved back");
    }
    return failure;
}

void write_registers(const volatile struct table *t)
{
    for (int i = 0; i < t->count && i < MAX_RULES; i++) {
        say("berth: register "); say_hex(t->rules[i].reg);
        const char *failure = apply(&t->rules[i]);
        say(failure ? " left alone: " : " written"); say(failure ? failure : ""); say("\n");
    }
    say("berth: done\n");
}
