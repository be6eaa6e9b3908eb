import { executable, type MachineCode } from './executable';

/**
 * A program that sends a signal to processes: `signal NUMBER PID…`, all in decimals. It takes no notice of a process that
 * is not there any more, and exits with 1 when one was not its to signal. Undefined for an architecture it is not
 * written for.
 */
export function signalProgram(architecture: string): Buffer | undefined {
  return executable(architecture, SIGNAL);
}

const SIGNAL: MachineCode = {
  x64: [
    '59 59', //              pop rcx; pop rcx           argc, argv[0]
    '31db', //               xor ebx, ebx               the signal, not read yet
    '31ed', //               xor ebp, ebp               the exit code
    '5e', //                 next: pop rsi              the next argument
    '4885f6 742d', //        test rsi, rsi; jz done
    '31ff', //               xor edi, edi
    '0fb606', //             digit: movzx eax, [rsi]
    '48ffc6', //             inc rsi
    '83e830', //             sub eax, '0'
    '7807', //               js read                    its end
    '6bff0a', //             imul edi, edi, 10
    '01c7', //               add edi, eax
    'ebee', //               jmp digit
    '85db 7504', //          read: test ebx, ebx; jnz send
    '89fb ebde', //          mov ebx, edi; jmp next
    '89de', //               send: mov esi, ebx         kill(pid, signal)
    '6a3e 58', //            push 62; pop rax
    '0f05', //               syscall
    '83f8ff 75d2', //        cmp eax, -EPERM; jne next
    '6a01 5d', //            push 1; pop rbp
    'ebcd', //               jmp next
    '89ef', //               done: mov edi, ebp         exit(…)
    '6a3c 58', //            push 60; pop rax
    '0f05', //               syscall
  ],
  arm64: [
    0x910003f3, // mov x19, sp
    0x91004273, // add x19, x19, #16    argv[1]
    0xd2800014, // mov x20, #0          the signal, not read yet
    0xd2800015, // mov x21, #0          the exit code
    0xf8408669, // next: ldr x9, [x19], #8
    0xb4000249, // cbz x9, done
    0xd2800000, // mov x0, #0
    0xd280014b, // mov x11, #10
    0x3840152a, // digit: ldrb w10, [x9], #1
    0x7100c14a, // subs w10, w10, #'0'
    0x54000064, // b.mi read            its end
    0x9b0b2800, // madd x0, x0, x11, x10
    0x17fffffc, // b digit
    0xb5000074, // read: cbnz x20, send
    0xaa0003f4, // mov x20, x0
    0x17fffff5, // b next
    0xaa1403e1, // send: mov x1, x20    kill(pid, signal)
    0xd2801028, // mov x8, #129
    0xd4000001, // svc #0
    0xb100041f, // cmn x0, #1           -EPERM
    0x54fffe01, // b.ne next
    0xd2800035, // mov x21, #1
    0x17ffffee, // b next
    0xaa1503e0, // done: mov x0, x21    exit(…)
    0xd2800ba8, // mov x8, #93
    0xd4000001, // svc #0
  ],
};
