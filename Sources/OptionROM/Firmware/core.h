// What both images share: the parameter table, and how to act on it with port I/O and configuration space alone.
#ifndef CORE_H
#define CORE_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

enum { MAY_MOVE = 1 };                  // rule.flags: move the BAR below 4 GiB where the register cannot reach it
enum { MAX_RULES = 4, MAX_DEPTH = 4 };
enum { GAP = 0x100000 };                // between a moved BAR and what is reserved for configuration space, or RAM

struct rule {                           // 64 bytes, little endian: one register
    u8 target[MAX_DEPTH];               // devfn on bus 0, then devfn behind that bridge, ...; 0xff ends
    u8 carrier[MAX_DEPTH];              // the same, for the function whose BAR holds the region
    u8 reg, width;                      // 0x5c 4, 0xc0 8, 0xfc 4
    u8 bar, flags;
    u16 vendor, device;                 // of the carrier: another function there is left alone
    char file[48];                      // fw_cfg file to copy into the BAR first, NUL terminated, or empty
};

#define TABLE_MAGIC { 'B', 'E', 'R', 'T', 'H', 'T', 'A', 'B' }
struct table {                          // 272 bytes; found by its magic and filled in by WriterImage.swift
    char magic[8];
    u8 version, count, reserved[6];
    struct rule rules[MAX_RULES];
};

// What the two images do differently.
u64 take(u32 size);                     // a free range below 4 GiB, aligned to its size; 0: there is none
void give_back(u64 base, u32 size);
u8 *map(u64 address);                   // a pointer to it, or 0 where it is out of reach

void write_registers(const volatile struct table *);
u32 config_read(u16 bdf, u8 offset);
void config_write(u16 bdf, u8 offset, u32 value);
u32 file_open(const volatile char *name);       // selects a fw_cfg file; its size, or 0 where there is none
void file_read(void *to, u32 size);
void say(const char *);
void say_hex(u64);

#endif
