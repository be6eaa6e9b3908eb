import { expect, test } from '@jest/globals';

/** Program for an architecture of a container engine, or undefined if it is not supported. */
type Program = (architecture: string) => Buffer | undefined;

/** True if programs can run here: on Linux with a supported architecture. */
export const runsHere = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);

/** Returns the program for this machine. */
export function programHere(program: Program): Buffer {
  return program(process.arch === 'x64' ? 'x86_64' : 'aarch64') ?? Buffer.alloc(0);
}

/** Tests that the program is an executable of limited size for each supported architecture. */
export function testExecutable(program: Program, bytesMax: number): void {
  test.each([
    ['x86_64', 62],
    ['amd64', 62],
    ['aarch64', 183],
    ['arm64', 183],
  ])('starts as an ELF executable for %s, with a few thousand bytes', (architecture, machine) => {
    const file = program(architecture);
    expect(file?.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect(file?.readUInt16LE(18)).toBe(machine);
    expect(file?.length).toBeLessThan(bytesMax);
  });

  test('returns undefined for other architectures', () => {
    expect(program('riscv64')).toBeUndefined();
  });
}
