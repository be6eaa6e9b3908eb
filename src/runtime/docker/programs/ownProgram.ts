import { BINARIES } from './binaries';

/**
 * Returns the static executable that is each program of the sandbox image, by the name it is run by; undefined for an
 * architecture that it is not built for. Engines name architectures as `uname -m` does, or as Go does.
 */
export function ownProgram(architecture: string): Buffer | undefined {
  switch (architecture) {
    case 'x86_64':
    case 'amd64':
      return Buffer.from(BINARIES.x64.base64, 'base64');
    case 'aarch64':
    case 'arm64':
      return Buffer.from(BINARIES.arm64.base64, 'base64');
    default:
      return undefined;
  }
}
