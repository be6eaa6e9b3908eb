import { executable, type MachineCode } from './executable';

/**
 * A program that connects to an address and copies what comes either way: `dial FAMILY_AND_PORT IP`, the first two words
 * of a `struct sockaddr_in` in decimals. It is run in a pod's network by an engine whose pods this machine cannot reach.
 *
 * What it is sent goes to the other side; the end of that, and it hangs up. What it tells are words of 32 bits, least
 * byte first: 0 when it is about to connect; then what came of that, 0 or the number of an error below 0; then again and
 * again how many bytes it has received, and these bytes. 0 or an error is the last one. Undefined for an architecture it
 * is not written for.
 *
 * It sends on what it has before it looks for more: a side that sends megabytes and reads nothing meanwhile stops both.
 * Its end alone would not do for that of the connection: the engine tells of it when it has time to.
 *
 * Source: ip(7), errno(3), poll(2).
 */
export function dialProgram(architecture: string): Buffer | undefined {
  return executable(architecture, DIAL);
}

const DIAL: MachineCode = {
  x64: [
    '59 59', //                      pop rcx; pop rcx                            argc, argv[0]
    '5e e8d8000000', //              pop rsi; call number                        argv[1]
    '89fb', //                       mov ebx, edi
    '5e e8d0000000', //              pop rsi; call number                        argv[2]
    '4881ec40400000 4889e5', //      sub rsp, 16448; mov rbp, rsp                sockaddr_in, 2 pollfd, a word, a buffer
    '895d00 897d04', //              mov [rbp], ebx; mov [rbp + 4], edi
    '31c0 48894508', //              xor eax, eax; mov [rbp + 8], rax
    'e891000000', //                 call tell                                   tell(0)
    '6a29 58', //                    push 41; pop rax                            socket(
    '6a02 5f', //                    push 2; pop rdi                             AF_INET,
    '6a01 5e', //                    push 1; pop rsi                             SOCK_STREAM,
    '31d2', //                       xor edx, edx                                0)
    '0f05', //                       syscall
    '89c3', //                       mov ebx, eax
    '89c7', //                       mov edi, eax                                connect(it,
    '4889ee', //                     mov rsi, rbp                                the address,
    '6a10 5a', //                    push 16; pop rdx                            16)
    '6a2a 58', //                    push 42; pop rax
    '0f05', //                       syscall
    'e870000000', //                 call tell                                   tell(what came of it)
    '837d2000 7563', //              cmp [rbp + 32], 0; jne done
    '6a01 58 48c1e020', //           push 1; pop rax; shl rax, 32                { 0, POLLIN }
    '48894510', //                   mov [rbp + 16], rax
    '4809d8 48894518', //            or rax, rbx; mov [rbp + 24], rax            { the socket, POLLIN }
    '6a07 58', //                    next: push 7; pop rax                       poll(
    '488d7d10', //                   lea rdi, [rbp + 16]                         both,
    '6a02 5e', //                    push 2; pop rsi                             2,
    '4883caff', //                   or rdx, -1                                  for ever)
    '0f05', //                       syscall
    '85c0 78ec', //                  test eax, eax; js next
    '488d7524 ba00400000', //        lea rsi, [rbp + 36]; mov edx, 16384
    '66837d1600 7415', //            cmp word [rbp + 22], 0; je answer           nothing to send
    '31ff 31c0 0f05', //             xor edi, edi; xor eax, eax; syscall         read(0, ...)
    '85c0 7e23', //                  test eax, eax; jle done                     whoever sent is gone
    '89c2', //                       mov edx, eax
    '89df e834000000', //            mov edi, ebx; call write                    send it
    'ebc7', //                       jmp next
    '66837d1e00 74c0', //            answer: cmp word [rbp + 30], 0; je next
    '89df 31c0 0f05', //             mov edi, ebx; xor eax, eax; syscall         read(the socket, ...)
    'e80d000000', //                 call tell                                   tell(that)
    '837d2000 7faf', //              cmp [rbp + 32], 0; jg next
    '31ff', //                       done: xor edi, edi                          exit(0)
    '6a3c 58', //                    push 60; pop rax
    '0f05', //                       syscall
    '488d7520 8906', //              tell: lea rsi, [rbp + 32]; mov [rsi], eax   a word, and as many bytes
    '31d2', //                       xor edx, edx
    '85c0 0f4fd0', //                test eax, eax; cmovg edx, eax
    '83c204', //                     add edx, 4
    '6a01 5f', //                    push 1; pop rdi                             to 1
    '6a01 58', //                    write: push 1; pop rax                      edx bytes to edi
    '0f05', //                       syscall
    '85c0 78dd', //                  test eax, eax; js done                      nobody takes them
    '4801c6 29c2', //                add rsi, rax; sub edx, eax
    '75f0', //                       jne write
    'c3', //                         ret
    '31ff', //                       number: xor edi, edi                        a decimal number
    '0fb606', //                     digit: movzx eax, byte [rsi]
    '48ffc6', //                     inc rsi
    '83e830', //                     sub eax, 48
    '7807', //                       js read                                     its end
    '6bff0a 01c7', //                imul edi, edi, 10; add edi, eax
    'ebee', //                       jmp digit
    'c3', //                         read: ret
  ],
  arm64: [
    0x910043f3, // add x19, sp, #16    argv[1]
    0x94000048, // bl number
    0x2a0903f4, // mov w20, w9
    0x94000046, // bl number
    0xd14013ff, // sub sp, sp, #4, lsl #12
    0xd10103ff, // sub sp, sp, #64     sockaddr_in, 2 pollfd, a word, a buffer
    0x290027f4, // stp w20, w9, [sp]
    0xf90007ff, // str xzr, [sp, #8]
    0xd2800000, // mov x0, #0
    0x94000032, // bl tell
    0xd2800040, // mov x0, #2
    0xd2800021, // mov x1, #1
    0xd2800002, // mov x2, #0
    0xd28018c8, // mov x8, #198        socket
    0xd4000001, // svc #0
    0xaa0003f4, // mov x20, x0
    0x910003e1, // mov x1, sp
    0xd2800202, // mov x2, #16
    0xd2801968, // mov x8, #203        connect
    0xd4000001, // svc #0
    0x94000027, // bl tell
    0xb94023e9, // ldr w9, [sp, #32]
    0x35000449, // cbnz w9, done
    0xd2800029, // mov x9, #1
    0xd3607d29, // lsl x9, x9, #32
    0xf9000be9, // str x9, [sp, #16]   { 0, POLLIN }
    0xaa140129, // orr x9, x9, x20
    0xf9000fe9, // str x9, [sp, #24]   { the socket, POLLIN }
    0x910043e0, // next: add x0, sp, #16
    0xd2800041, // mov x1, #2
    0xd2800002, // mov x2, #0
    0xd2800003, // mov x3, #0
    0xd2800928, // mov x8, #73        ppoll
    0xd4000001, // svc #0
    0xb7ffff40, // tbnz x0, #63, next
    0x910093e1, // add x1, sp, #36
    0xd2880002, // mov x2, #16384
    0xd28007e8, // mov x8, #63        read
    0x79402fe9, // ldrh w9, [sp, #22]
    0x34000129, // cbz w9, answer      nothing to send
    0xd2800000, // mov x0, #0
    0xd4000001, // svc #0
    0xf100001f, // cmp x0, #0
    0x540001ad, // b.le done           whoever sent is gone
    0xaa0003e2, // mov x2, x0
    0xaa1403f5, // mov x21, x20
    0x94000013, // bl write
    0x17ffffed, // b next
    0x79403fe9, // answer: ldrh w9, [sp, #30]
    0x34fffd69, // cbz w9, next
    0xaa1403e0, // mov x0, x20
    0xd4000001, // svc #0
    0x94000007, // bl tell
    0xb94023e9, // ldr w9, [sp, #32]
    0x7100013f, // cmp w9, #0
    0x54fffcac, // b.gt next
    0xd2800000, // done: mov x0, #0
    0xd2800ba8, // mov x8, #93        exit
    0xd4000001, // svc #0
    0x910083e1, // tell: add x1, sp, #32   a word, and as many bytes, to 1
    0xb9000020, // str w0, [x1]
    0x7100001f, // cmp w0, #0
    0x1a9fc002, // csel w2, w0, wzr, gt
    0x11001042, // add w2, w2, #4
    0xd2800035, // mov x21, #1
    0xaa1503e0, // write: mov x0, x21      x2 bytes to x21
    0xd2800808, // mov x8, #64        write
    0xd4000001, // svc #0
    0xb7fffe80, // tbnz x0, #63, done
    0x8b000021, // add x1, x1, x0
    0x6b000042, // subs w2, w2, w0
    0x54ffff41, // b.ne write
    0xd65f03c0, // ret
    0xf840866a, // number: ldr x10, [x19], #8   a decimal number
    0x52800009, // mov w9, #0
    0x5280014b, // mov w11, #10
    0x3840154c, // digit: ldrb w12, [x10], #1
    0x7100c18c, // subs w12, w12, #48
    0x54000064, // b.mi read
    0x1b0b3129, // madd w9, w9, w11, w12
    0x17fffffc, // b digit
    0xd65f03c0, // read: ret
  ],
};
