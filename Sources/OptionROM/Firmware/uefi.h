// As much of UEFI 2.10 and of PI 1.7 (DXE services) as the image needs; names are the specifications'. x64 only: the target's
// calling convention is UEFI's.
#ifndef UEFI_H
#define UEFI_H
#include "core.h"

typedef u64 EFI_STATUS, UINTN;
typedef void *EFI_HANDLE;
typedef struct { u32 a; u16 b, c; u8 d[8]; } EFI_GUID;
#define EFI_ERROR_BIT (1ull << 63)
#define EFI_ABORTED (EFI_ERROR_BIT | 21)

typedef struct { EFI_GUID guid; void *table; } EFI_CONFIGURATION_TABLE;

typedef struct {
    u8 header[24];
    u16 *vendor;
    u32 revision;
    void *console[6];
    void *runtime;
    void *boot;
    UINTN count;
    EFI_CONFIGURATION_TABLE *tables;
} EFI_SYSTEM_TABLE;

typedef struct {
    u8 header[24];
    void *AddMemorySpace;
    EFI_STATUS (*AllocateMemorySpace)(u32 how, u32 type, UINTN alignment, u64 length, u64 *base, EFI_HANDLE image, EFI_HANDLE device);
    EFI_STATUS (*FreeMemorySpace)(u64 base, u64 length);
} EFI_DXE_SERVICES;
enum { EfiGcdMemoryTypeMemoryMappedIo = 3, EfiGcdAllocateMaxAddressSearchTopDown = 4 };

static const EFI_GUID gEfiDxeServicesTableGuid = { 0x05ad34ba, 0x6f02, 0x4214, { 0x95, 0x2e, 0x4d, 0xa0, 0x39, 0x8e, 0x2b, 0xb9 } };

static inline int same_guid(const EFI_GUID *x, const EFI_GUID *y)
{
    const u32 *a = (const u32 *)x, *b = (const u32 *)y;
    return a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && a[3] == b[3];
}
#endif
