import { executable, type MachineCode } from './executable';

/**
 * The program of the sandbox container, of a few hundred bytes: it reaps whatever children the pod's processes leave
 * behind, and exits with 0 on SIGTERM or SIGINT. Undefined for an architecture it is not written for.
 *
 * It stands where Kubernetes' own pause stands, which cannot be had without a registry. As PID 1 it gets no signal it
 * neither handles nor blocks, so it blocks the two and waits for them; with SIGCHLD ignored the kernel reaps.
 */
export function pauseProgram(architecture: string): Buffer | undefined {
  return executable(architecture, PAUSE);
}

// What the program points at: `struct sigaction { handler, flags, restorer, mask }`, and a signal set.
const IGNORE = quads(1n, 0n, 0n, 0n);
const SIGINT_AND_SIGTERM = quads((1n << 1n) | (1n << 14n));

const PAUSE: MachineCode = {
  x64: [
    '6a0d 58', //            push 13; pop rax           rt_sigaction(
    '6a11 5f', //            push 17; pop rdi             SIGCHLD,
    '488d353b000000', //     lea rsi, [rip + 0x3b]        IGNORE,
    '31d2', //               xor edx, edx                 NULL,
    '6a08 415a', //          push 8; pop r10              8 bytes of mask)
    '0f05', //               syscall
    '6a0e 58', //            push 14; pop rax           rt_sigprocmask(
    '31ff', //               xor edi, edi                 SIG_BLOCK,
    '488d3547000000', //     lea rsi, [rip + 0x47]        SIGINT_AND_SIGTERM,
    '31d2', //               xor edx, edx                 NULL, 8)
    '0f05', //               syscall
    'b880000000', //         wait: mov eax, 128         rt_sigtimedwait(
    '488d3d37000000', //     lea rdi, [rip + 0x37]        SIGINT_AND_SIGTERM,
    '31f6', //               xor esi, esi                 NULL,
    '31d2', //               xor edx, edx                 for ever, 8)
    '0f05', //               syscall
    '85c0 78ea', //          test eax, eax; js wait     again if another signal interrupted it
    '6a3c 58', //            push 60; pop rax           exit(
    '31ff', //               xor edi, edi                 0)
    '0f05', //               syscall
    '660f1f440000', //       nop, up to a multiple of 8
  ],
  arm64: [
    0xd2800220, // mov x0, #17          rt_sigaction(SIGCHLD,
    0x100002a1, // adr x1, . + 0x54       IGNORE,
    0xd2800002, // mov x2, #0             NULL,
    0xd2800103, // mov x3, #8             8 bytes of mask)
    0xd28010c8, // mov x8, #134
    0xd4000001, // svc #0
    0xd2800000, // mov x0, #0           rt_sigprocmask(SIG_BLOCK,
    0x100002e1, // adr x1, . + 0x5c       SIGINT_AND_SIGTERM,
    0xd2800002, // mov x2, #0             NULL,
    0xd2800103, // mov x3, #8             8)
    0xd28010e8, // mov x8, #135
    0xd4000001, // svc #0
    0x10000240, // wait: adr x0, . + 0x48   rt_sigtimedwait(SIGINT_AND_SIGTERM,
    0xd2800001, // mov x1, #0             NULL,
    0xd2800002, // mov x2, #0             for ever,
    0xd2800103, // mov x3, #8             8)
    0xd2801128, // mov x8, #137
    0xd4000001, // svc #0
    0xb7ffff40, // tbnz x0, #63, wait   again if another signal interrupted it
    0xd2800000, // mov x0, #0           exit(0)
    0xd2800ba8, // mov x8, #93
    0xd4000001, // svc #0
  ],
  data: Buffer.concat([IGNORE, SIGINT_AND_SIGTERM]),
};

function quads(...values: readonly bigint[]): Buffer {
  const buffer = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => {
    buffer.writeBigUInt64LE(value, index * 8);
  });
  return buffer;
}
