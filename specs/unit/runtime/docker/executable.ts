import { expect, test } from '@jest/globals';

/** The program of a container engine on an architecture, as the engine names that; undefined where there is none. */
type Program = (architecture: string) => Buffer | undefined;

/** For what runs such a program: it takes Linux on an architecture that there are programs for. */
export const runsHere = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);

/** The program for this machine. */
export function programHere(program: Program): Buffer {
  return program(process.arch === 'x64' ? 'x86_64' : 'aarch64') ?? Buffer.alloc(0);
}

/** Says that it is an executable for each architecture an engine may name, of so many bytes at the most. */
export function testExecutable(program: Program, bytesMax: number): void {
  test.each([
    ['x86_64', 62],
    ['amd64', 62],
    ['aarch64', 183],
    ['arm64', 183],
  ])('is an executable for %s, of a few thousand bytes', (architecture, machine) => {
    const file = program(architecture);
    expect(file?.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect(file?.readUInt16LE(18)).toBe(machine);
    expect(file?.length).toBeLessThan(bytesMax);
  });

  test('does not exist for other architectures', () => {
    expect(program('riscv64')).toBeUndefined();
  });
}
