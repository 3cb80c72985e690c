// PCI expansion ROM and PnP headers, and the way from real mode to 32-bit code and back. The caller's mode (real or big real)
// does not matter, and nothing in the image is written at run time. Lengths, ids and checksums are WriterImage.swift's.
        .code16
        .section .head, "ax"
rom:    .word 0xaa55
        .byte 0                         // length / 512
        .byte 0xe9                      // jmp near, so that a wrapper can patch it
        .word entry - (. + 2)
        .byte 0                         // checksum
        .org rom + 0x18
        .word pcir - rom
        .word pnp - rom

        .balign 4
pcir:   .ascii "PCIR"
        .word 0xffff, 0xffff            // ids of the function whose ROM this is
        .word 0
        .word 24
        .byte 0, 0, 0, 5                // revision, class: memory controller
        .word 0                         // length / 512
        .word 1
        .byte 0, 0x80                   // x86; last image
        .word 0

        .balign 16
pnp:    .ascii "$PnP"                   // without it SeaBIOS runs the ROM as a boot device, later or never
        .byte 1, 2
        .word 0
        .byte 0
        .byte 0                         // checksum
        .long 0
        .word vendor - rom, product - rom
        .byte 0, 0x80, 5                // other memory controller
        .byte 0
        .word 0, 0, 0, 0, 0             // no BCV, DV, BEV
vendor: .asciz "berth"
product: .asciz "register writer"

entry:  pushfl
        pushal
        pushw %ds
        pushw %es
        pushw %fs
        pushw %gs
        cli
        cld
        xorl %ebx, %ebx
        movw %cs, %bx
        shll $4, %ebx                   // ebx: the ROM, linear
        movl %ss, %esi
        shll $16, %esi
        movw %sp, %si                   // esi: ss:sp
        movl %ss, %edx
        movzwl %dx, %edx
        shll $4, %edx                   // edx: the stack segment, linear

        subw $8, %sp                    // a place for the caller's GDTR
        movw %sp, %bp
        sgdtl (%bp)
        pushl $0x00cf9200               // 0x20 data, 32 bits
        pushl $0x0000ffff
        pushl $0x008f9200               // 0x18 data, big real mode
        pushl $0x0000ffff
        movl %ebx, %eax                 // 0x10 code, 16 bits, at the ROM
        shrl $16, %eax
        movb $0x9a, %ah
        pushl %eax
        movl %ebx, %eax
        shll $16, %eax
        movw $0xffff, %ax
        pushl %eax
        pushl $0x00cf9a00               // 0x08 code, 32 bits
        pushl $0x0000ffff
        pushl $0
        pushl $0
        movzwl %sp, %edi
        addl %edx, %edi                 // edi: the descriptors, linear
        pushl %edi
        pushw $39
        movw %sp, %bp
        lgdtl (%bp)

        movl %cr0, %eax
        orb $1, %al
        movl %eax, %cr0
        pushl $8
        leal flat - rom(%ebx), %eax
        pushl %eax
        lretl

        .code32
flat:   movl $0x20, %eax
        movw %ax, %ds
        movw %ax, %es
        movw %ax, %fs
        movw %ax, %gs
        movw %ax, %ss
        movl %edi, %esp                 // below it nothing is needed any more
        subl $16, %esp
        call run
        movl $0x18, %eax
        movw %ax, %ds
        movw %ax, %es
        movw %ax, %fs
        movw %ax, %gs
        movw %ax, %ss
        pushl $0x10
        pushl $back - rom
        lretl

        .code16
back:   movl %cr0, %eax
        andb $0xfe, %al
        movl %eax, %cr0
        movl %esi, %eax
        shrl $16, %eax                  // ax: ss
        shrl $4, %ebx                   // bx: cs
        movw %ax, %ss
        movzwl %si, %esp
        pushw %bx
        pushw $real - rom
        lretw
real:   movw %sp, %bp
        lgdtl -8(%bp)
        popw %gs
        popw %fs
        popw %es
        popw %ds
        popal
        popfl
        xorw %ax, %ax                   // PnP: no boot device was found
        lretw
