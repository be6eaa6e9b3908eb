import type { Readable } from 'node:stream';

const HEADER_BYTES = 8;
const STDERR = 2;

export interface Frame {
  readonly from: 'stdout' | 'stderr';
  readonly content: Buffer;
}

/**
 * A parser of the engine's stream of a process without a terminal: frames of a type, three zero bytes, a big-endian
 * length and that much content.
 *
 * Source: Docker Engine API, "Attach to a container", stream format.
 */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Returns the frames that end in this chunk. */
  read(chunk: Buffer): readonly Frame[] {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUInt32BE(4);
      if (rest.length < end) break;
      frames.push({ from: rest[0] === STDERR ? 'stderr' : 'stdout', content: rest.subarray(HEADER_BYTES, end) });
      rest = rest.subarray(end);
    }
    this.#rest = rest;
    return frames;
  }
}

export async function* readFrames(stream: Readable): AsyncGenerator<Frame> {
  const reader = new FrameReader();
  for await (const chunk of stream) yield* reader.read(chunk);
}
