// UEFI image: a boot service driver that does its work in its entry point and leaves. Third-party images start after all BARs
// have their addresses and decode is on.
#include "uefi.h"

__attribute__((section(".table"), used)) const volatile struct table table = { .magic = TABLE_MAGIC, .version = 1 };

static EFI_DXE_SERVICES *dxe;
static EFI_HANDLE self;

// The highest range of 2^bits bytes that ends at or below `limit`; 0: there is none.
static u64 highest(u64 limit, UINTN bits)
{
    u64 base = limit, size = 1ull << bits;
    EFI_STATUS status = dxe->AllocateMemorySpace(EfiGcdAllocateMaxAddressSearchTopDown, EfiGcdMemoryTypeMemoryMappedIo,
                                                 bits, size, &base, self, 0);
    if (status & EFI_ERROR_BIT)
        return 0;
    if (base <= limit && base + size - 1 <= limit)
        return base;
    dxe->FreeMemorySpace(base, size);
    return 0;
}

// From the firmware's own books, so that nothing else gets the range. Not right under the window's end, where configuration
// space may follow: see take() in bios.c.
u64 take(u32 size)
{
    UINTN bits = 0;
    u64 gap = dxe ? highest(0xfebfffff, 20) : 0, base;
    if (!gap)
        return 0;
    while (bits < 31 && 1u << bits < size)
        bits++;
    base = highest(gap - 1, bits);
    dxe->FreeMemorySpace(gap, GAP);
    return base;
}

void give_back(u64 base, u32 size) { dxe->FreeMemorySpace(base, size); }

u8 *map(u64 address) { return (u8 *)address; }

// An error, so that the image is unloaded: there is nothing left to do.
EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *system)
{
    self = image;
    for (UINTN i = 0; i < system->count; i++)
        if (same_guid(&system->tables[i].guid, &gEfiDxeServicesTableGuid))
            dxe = system->tables[i].table;
    say("berth: UEFI\n");
    write_registers(&table);
    return EFI_ABORTED;
}
