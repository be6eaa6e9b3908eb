import { executable, type MachineCode } from './executable';

/**
 * A program that tells of the processes of a container: `processes ID`, which are those with the id in the path of their
 * cgroup. Of each it writes two files of /proc, `status` and `cmdline`: a length of 32 bits, least byte first, and as many
 * bytes; of one that is gone meanwhile none. It exits with 1 where there is no /proc. Undefined for an architecture it is
 * not written for.
 *
 * Source: getdents(2), proc_pid_status(5), proc_pid_cmdline(5), proc_pid_cgroup(5).
 */
export function processesProgram(architecture: string): Buffer | undefined {
  return executable(architecture, { ...CODE, data: filesOf('status', 'cmdline') });
}

/** The same of their networks: `sockets ID` writes `net/tcp` and `net/tcp6`. Source: proc_pid_net(5). */
export function socketsProgram(architecture: string): Buffer | undefined {
  return executable(architecture, { ...CODE, data: filesOf('net/tcp', 'net/tcp6') });
}

/** The code points at the second file from a fixed distance. */
const FIRST_FILE_BYTES = 8;

function filesOf(first: string, second: string): Buffer {
  return Buffer.from(`/proc\0cgroup\0${first.padEnd(FIRST_FILE_BYTES, '\0')}${second}\0`);
}

const CODE: Omit<MachineCode, 'data'> = {
  x64: [
    '59 59', // pop rcx; pop rcx            argc, argv[0]
    '415c', // pop r12                  argv[1]
    '4881ec00600000', // sub rsp, 24576           a length and a file; at 12288 the entries of a folder
    '4989e5', // mov r13, rsp
    '488d35fb000000', // lea rsi, [PROC]
    'e8ac000000', // call open
    '0f889e000000', // js fail
    '89c3', // mov ebx, eax
    '89df', // more: mov edi, ebx
    '498db500300000', // lea rsi, [r13 + 12288]
    'ba00300000', // mov edx, 12288
    'b8d9000000', // mov eax, 217             getdents64(/proc, entries, 12288)
    '0f05', // syscall
    '85c0', // test eax, eax
    '7e7f', // jle done
    '4989f6', // mov r14, rsi
    '4c8d3c06', // lea r15, [rsi + rax]
    '4d39fe', // entry: cmp r14, r15
    '73db', // jae more
    '498d7613', // lea rsi, [r14 + 19]      its name
    '410fb74610', // movzx eax, word [r14 + 16]  how long it is
    '4901c6', // add r14, rax
    '803e39', // cmp byte [rsi], 0x39
    '77ea', // ja entry                 no process
    '89df', // mov edi, ebx
    'e867000000', // call open
    '78e1', // js entry
    '89c5', // mov ebp, eax             its folder
    '488d35ac000000', // lea rsi, [CGROUP]
    'e863000000', // call slurp
    '498d7d04', // lea rdi, [r13 + 4]
    'c6040700', // mov byte [rdi + rax], 0
    '803f00', // scan: cmp byte [rdi], 0  whether argv[1] stands in it
    '7435', // je leave
    '4c89e6', // mov rsi, r12
    '4889fa', // mov rdx, rdi
    '8a06', // same: mov al, [rsi]
    '84c0', // test al, al
    '7411', // je found
    '3a02', // cmp al, [rdx]
    '7508', // jne other
    '48ffc6', // inc rsi
    '48ffc2', // inc rdx
    'ebee', // jmp same
    '48ffc7', // other: inc rdi
    'ebde', // jmp scan
    '488d357d000000', // found: lea rsi, [STATUS]
    'e857000000', // call tell
    '488d3579000000', // lea rsi, [CMDLINE]
    'e84b000000', // call tell
    '89ef', // leave: mov edi, ebp      close(its folder)
    '6a03', // push 3
    '58', // pop rax
    '0f05', // syscall
    'eb88', // jmp entry
    '31ff', // done: xor edi, edi
    'eb03', // jmp end
    '6a01', // fail: push 1
    '5f', // pop rdi
    '6a3c', // end: push 60             exit(…)
    '58', // pop rax
    '0f05', // syscall
    '31d2', // open: xor edx, edx
    'b801010000', // mov eax, 257             openat(edi, rsi, O_RDONLY)
    '0f05', // syscall
    '85c0', // test eax, eax
    'c3', // ret
    '89ef', // slurp: mov edi, ebp      the file rsi of its folder; 0 bytes where it is gone
    'e8edffffff', // call open
    '781a', // js none
    '89c7', // mov edi, eax
    '498d7504', // lea rsi, [r13 + 4]
    'ba00200000', // mov edx, 8192
    '31c0', // xor eax, eax
    '0f05', // syscall
    '50', // push rax                 close(the file)
    '6a03', // push 3
    '58', // pop rax
    '0f05', // syscall
    '58', // pop rax
    '85c0', // test eax, eax
    '7902', // jns length
    '31c0', // none: xor eax, eax
    '41894500', // length: mov [r13], eax
    'c3', // ret
    'e8d1ffffff', // tell: call slurp         write(1, its length and what it holds)
    '8d5004', // lea edx, [rax + 4]
    '4c89ee', // mov rsi, r13
    '6a01', // push 1
    '5f', // pop rdi
    '6a01', // push 1
    '58', // pop rax
    '0f05', // syscall
    'c3', // ret
  ],
  arm64: [
    0xf9400bf3, // ldr x19, [sp, #16]  argv[1]
    0xd1401bff, // sub sp, sp, #6, lsl #12   a length and a file; at 12288 the entries of a folder
    0x10000a61, // adr x1, PROC
    0x94000034, // bl open
    0xb7f80600, // tbnz x0, #63, fail
    0xaa0003f4, // mov x20, x0
    0xaa1403e0, // more: mov x0, x20
    0x91400fe1, // add x1, sp, #3, lsl #12
    0xd2860002, // mov x2, #12288
    0xd28007a8, // mov x8, #61         getdents64(/proc, entries, 12288)
    0xd4000001, // svc #0
    0xf100001f, // cmp x0, #0
    0x540004cd, // b.le done
    0xaa0103f5, // mov x21, x1
    0x8b000036, // add x22, x1, x0
    0xeb1602bf, // entry: cmp x21, x22
    0x54fffec2, // b.hs more
    0x91004ea1, // add x1, x21, #19    its name
    0x794022a9, // ldrh w9, [x21, #16] how long it is
    0x8b0902b5, // add x21, x21, x9
    0x39400029, // ldrb w9, [x1]
    0x7100e53f, // cmp w9, #0x39
    0x54ffff28, // b.hi entry          no process
    0xaa1403e0, // mov x0, x20
    0x9400001f, // bl open
    0xb7fffec0, // tbnz x0, #63, entry
    0xaa0003f7, // mov x23, x0         its folder
    0x50000761, // adr x1, CGROUP
    0x9400001f, // bl slurp
    0x910013e9, // add x9, sp, #4
    0x3820693f, // strb wzr, [x9, x0]
    0x3940012a, // scan: ldrb w10, [x9]   whether argv[1] stands in it
    0x340001ca, // cbz w10, leave
    0xaa1303eb, // mov x11, x19
    0xaa0903ec, // mov x12, x9
    0x3840156a, // same: ldrb w10, [x11], #1
    0x340000ca, // cbz w10, found
    0x3840158d, // ldrb w13, [x12], #1
    0x6b0d015f, // cmp w10, w13
    0x54ffff80, // b.eq same
    0x91000529, // add x9, x9, #1
    0x17fffff6, // b scan
    0x300005c1, // found: adr x1, STATUS
    0x94000022, // bl tell
    0x300005c1, // adr x1, CMDLINE
    0x94000020, // bl tell
    0xaa1703e0, // leave: mov x0, x23
    0xd2800728, // mov x8, #57         close
    0xd4000001, // svc #0
    0x17ffffde, // b entry
    0xd2800000, // done: mov x0, #0
    0x14000002, // b end
    0xd2800020, // fail: mov x0, #1
    0xd2800ba8, // end: mov x8, #93    exit(…)
    0xd4000001, // svc #0
    0xd2800002, // open: mov x2, #0
    0xd2800708, // mov x8, #56         openat(x0, x1, O_RDONLY)
    0xd4000001, // svc #0
    0xd65f03c0, // ret
    0xaa1e03f8, // slurp: mov x24, x30     the file x1 of its folder; 0 bytes where it is gone
    0xaa1703e0, // mov x0, x23
    0x97fffffa, // bl open
    0xb7f80180, // tbnz x0, #63, none
    0xaa0003f9, // mov x25, x0
    0x910013e1, // add x1, sp, #4
    0xd2840002, // mov x2, #8192
    0xd28007e8, // mov x8, #63         read
    0xd4000001, // svc #0
    0xaa0003fa, // mov x26, x0
    0xaa1903e0, // mov x0, x25
    0xd2800728, // mov x8, #57         close
    0xd4000001, // svc #0
    0xaa1a03e0, // mov x0, x26
    0xb6f80040, // tbz x0, #63, length
    0xd2800000, // none: mov x0, #0
    0xb90003e0, // length: str w0, [sp]
    0xd65f0300, // ret x24
    0xaa1e03fb, // tell: mov x27, x30
    0x97ffffed, // bl slurp
    0x91001002, // add x2, x0, #4
    0x910003e1, // mov x1, sp
    0xd2800020, // mov x0, #1
    0xd2800808, // mov x8, #64         write(1, its length and what it holds)
    0xd4000001, // svc #0
    0xd65f0360, // ret x27
  ],
};
