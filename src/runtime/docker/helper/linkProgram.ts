import { executable, type MachineCode } from './executable';

/**
 * A program that cuts the network it runs in off from all others, or, run again, joins it to them as it was: eth0 and
 * those after it. It exits with 1 where that could not be done. Undefined for an architecture it is not written for.
 *
 * Another hardware address makes the kernel drop what others still send to the one they know; without ARP nobody learns
 * the new one, and what is sent from within goes nowhere. Addresses and routes stay, connections stay open, and what is
 * asked gets no answer: a network that fails, not one that is taken away.
 *
 * Source: netdevice(7); Linux net/ipv4/arp.c `arp_rcv`, `arp_netdev_event`.
 */
export function linkProgram(architecture: string): Buffer | undefined {
  return executable(architecture, LINK);
}

// `struct ifreq` is on the stack: 16 bytes of name, then flags, or an address: 2 bytes of family and the address itself.
const LINK: MachineCode = {
  x64: [
    '6a29 58', //            push 41; pop rax           socket(
    '6a02 5f', //            push 2; pop rdi              AF_INET,
    '6a02 5e', //            push 2; pop rsi              SOCK_DGRAM,
    '31d2', //               xor edx, edx                 0)
    '0f05', //               syscall
    '89c3', //               mov ebx, eax
    '4883ec30', //           sub rsp, 48
    '4889e5', //             mov rbp, rsp
    '31c0', //               xor eax, eax
    '48894508', //           mov [rbp + 8], rax
    'b865746830', //         mov eax, 'eth0'
    '48894500', //           mov [rbp], rax
    '66be1389', //           next: mov si, SIOCGIFFLAGS
    'e842000000 782e', //    call ioctl; js none        no such interface
    '80751080', //           xor byte [rbp + 16], IFF_NOARP
    '66be1489', //           mov si, SIOCSIFFLAGS
    'e833000000 7829', //    call ioctl; js failed
    '66be2789', //           mov si, SIOCGIFHWADDR
    'e828000000 781e', //    call ioctl; js failed
    '80751208', //           xor byte [rbp + 18], 8     a bit of its first byte
    '66be2489', //           mov si, SIOCSIFHWADDR
    'e819000000 780f', //    call ioctl; js failed
    'fe4503', //             inc byte [rbp + 3]         eth1, …
    'ebc7', //               jmp next
    '807d0330 7404', //      none: cmp byte [rbp + 3], '0'; je failed
    '31ff', //               xor edi, edi
    'eb03', //               jmp end
    '6a01 5f', //            failed: push 1; pop rdi
    '6a3c 58', //            end: push 60; pop rax      exit(…)
    '0f05', //               syscall
    '0fb7f6', //             ioctl: movzx esi, si
    '89df', //               mov edi, ebx
    '4889ea', //             mov rdx, rbp
    '6a10 58', //            push 16; pop rax
    '0f05', //               syscall
    '85c0 c3', //            test eax, eax; ret
  ],
  arm64: [
    0xd2800040, // mov x0, #2           socket(AF_INET,
    0xd2800041, // mov x1, #2             SOCK_DGRAM,
    0xd2800002, // mov x2, #0             0)
    0xd28018c8, // mov x8, #198
    0xd4000001, // svc #0
    0xaa0003f3, // mov x19, x0
    0xd100c3ff, // sub sp, sp, #48
    0x528e8ca9, // mov w9, 'et'
    0x72a60d09, // movk w9, 'h0', lsl #16
    0xa9007fe9, // stp x9, xzr, [sp]
    0xd2912261, // next: mov x1, #SIOCGIFFLAGS
    0x9400001c, // bl ioctl
    0xb7f80280, // tbnz x0, #63, none   no such interface
    0x394043e9, // ldrb w9, [sp, #16]
    0x52190129, // eor w9, w9, #IFF_NOARP
    0x390043e9, // strb w9, [sp, #16]
    0xd2912281, // mov x1, #SIOCSIFFLAGS
    0x94000016, // bl ioctl
    0xb7f80240, // tbnz x0, #63, failed
    0xd29124e1, // mov x1, #SIOCGIFHWADDR
    0x94000013, // bl ioctl
    0xb7f801e0, // tbnz x0, #63, failed
    0x39404be9, // ldrb w9, [sp, #18]
    0x521d0129, // eor w9, w9, #8       a bit of its first byte
    0x39004be9, // strb w9, [sp, #18]
    0xd2912481, // mov x1, #SIOCSIFHWADDR
    0x9400000d, // bl ioctl
    0xb7f80120, // tbnz x0, #63, failed
    0x39400fe9, // ldrb w9, [sp, #3]
    0x11000529, // add w9, w9, #1       eth1, …
    0x39000fe9, // strb w9, [sp, #3]
    0x17ffffeb, // b next
    0x39400fe9, // none: ldrb w9, [sp, #3]
    0xd2800000, // mov x0, #0
    0x7100c13f, // cmp w9, #'0'
    0x54000041, // b.ne end
    0xd2800020, // failed: mov x0, #1
    0xd2800ba8, // end: mov x8, #93     exit(…)
    0xd4000001, // svc #0
    0xaa1303e0, // ioctl: mov x0, x19
    0x910003e2, // mov x2, sp
    0xd28003a8, // mov x8, #29
    0xd4000001, // svc #0
    0xd65f03c0, // ret
  ],
};
