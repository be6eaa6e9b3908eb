const LOADED_AT = 0x40_0000n;
const HEADERS_BYTES = 64 + 56;
const EM_X86_64 = 62;
const EM_AARCH64 = 183;

/** A program for each architecture that engines run on, as machine code. */
export interface MachineCode {
  /** Hexadecimal, as an assembler prints it. */
  readonly x64: readonly string[];
  /** An instruction each. */
  readonly arm64: readonly number[];
  /** What follows the code, where it points at something. */
  readonly data?: Buffer;
}

/**
 * The program as a static ELF executable without any library; undefined for an architecture it is not written for.
 * Engines name architectures as `uname -m` does, or as Go does.
 */
export function executable(architecture: string, program: MachineCode): Buffer | undefined {
  switch (architecture) {
    case 'x86_64':
    case 'amd64':
      return file(EM_X86_64, Buffer.from(program.x64.join('').replaceAll(' ', ''), 'hex'), program.data);
    case 'aarch64':
    case 'arm64':
      return file(EM_AARCH64, words(program.arm64), program.data);
    default:
      return undefined;
  }
}

/** One loadable, executable segment: the whole file. Layout: the ELF-64 specification. */
function file(machine: number, code: Buffer, data: Buffer = Buffer.alloc(0)): Buffer {
  const content = Buffer.concat([code, data]);
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

function words(instructions: readonly number[]): Buffer {
  const code = Buffer.alloc(instructions.length * 4);
  instructions.forEach((instruction, index) => {
    code.writeUInt32LE(instruction, index * 4);
  });
  return code;
}
