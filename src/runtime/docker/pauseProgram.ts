/** Engines name architectures as `uname -m` does, or as Go does. */
const PROGRAMS: Readonly<Record<string, () => Buffer>> = {
  x86_64: x64,
  amd64: x64,
  aarch64: arm64,
  arm64,
};

const LOADED_AT = 0x40_0000n;
const HEADERS_BYTES = 64 + 56;
const EM_X86_64 = 62;
const EM_AARCH64 = 183;

/**
 * The program of the sandbox container, as a static ELF executable without any library: it reaps whatever children the
 * pod's processes leave behind, and exits with 0 on SIGTERM or SIGINT. Undefined for an architecture it is not written for.
 *
 * It stands where Kubernetes' own pause stands, which cannot be had without a registry. As PID 1 it gets no signal it
 * neither handles nor blocks, so it blocks the two and waits for them; with SIGCHLD ignored the kernel reaps.
 */
export function pauseProgram(architecture: string): Buffer | undefined {
  return PROGRAMS[architecture]?.();
}

// What both programs point at: `struct sigaction { handler, flags, restorer, mask }`, and a signal set.
const IGNORE = quads(1n, 0n, 0n, 0n);
const SIGINT_AND_SIGTERM = quads((1n << 1n) | (1n << 14n));

function x64(): Buffer {
  return executable(
    EM_X86_64,
    Buffer.from(
      [
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
      ]
        .join('')
        .replaceAll(' ', ''),
      'hex',
    ),
  );
}

function arm64(): Buffer {
  const instructions = [
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
  ];
  const code = Buffer.alloc(instructions.length * 4);
  instructions.forEach((instruction, index) => {
    code.writeUInt32LE(instruction, index * 4);
  });
  return executable(EM_AARCH64, code);
}

/** One loadable, executable segment: the whole file. Layout: the ELF-64 specification. */
function executable(machine: number, code: Buffer): Buffer {
  const content = Buffer.concat([code, IGNORE, SIGINT_AND_SIGTERM]);
  const size = BigInt(HEADERS_BYTES + content.length);

  const header = Buffer.alloc(64);
  header.write('7f454c46', 0, 'hex'); // e_ident: magic number,
  header.set([2, 1, 1], 4); //           64 bits, little-endian, version 1
  header.writeUInt16LE(2, 16); // e_type: executable
  header.writeUInt16LE(machine, 18);
  header.writeUInt32LE(1, 20); // e_version
  header.writeBigUInt64LE(LOADED_AT + BigInt(HEADERS_BYTES), 24); // e_entry
  header.writeBigUInt64LE(64n, 32); // e_phoff: the program header follows
  header.writeUInt16LE(64, 52); // e_ehsize
  header.writeUInt16LE(56, 54); // e_phentsize
  header.writeUInt16LE(1, 56); // e_phnum

  const segment = Buffer.alloc(56);
  segment.writeUInt32LE(1, 0); // p_type: PT_LOAD
  segment.writeUInt32LE(5, 4); // p_flags: readable, executable
  segment.writeBigUInt64LE(LOADED_AT, 16); // p_vaddr
  segment.writeBigUInt64LE(LOADED_AT, 24); // p_paddr
  segment.writeBigUInt64LE(size, 32); // p_filesz
  segment.writeBigUInt64LE(size, 40); // p_memsz
  segment.writeBigUInt64LE(0x1_0000n, 48); // p_align: the largest page of either architecture

  return Buffer.concat([header, segment, content]);
}

function quads(...values: readonly bigint[]): Buffer {
  const buffer = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => {
    buffer.writeBigUInt64LE(value, index * 8);
  });
  return buffer;
}
