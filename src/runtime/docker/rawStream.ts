import type { Readable } from 'node:stream';

const HEADER_BYTES = 8;
const STDERR = 2;

export interface Frame {
  readonly from: 'stdout' | 'stderr';
  readonly content: Buffer;
}

/**
 * Takes apart what the engine sends of a process without a terminal: frames of a type, three zero bytes, a big-endian
 * length and that much content.
 *
 * Source: Docker Engine API, "Attach to a container", stream format.
 */
export async function* framesOf(stream: Readable): AsyncGenerator<Frame> {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUInt32BE(4);
      if (rest.length < end) break;
      yield { from: rest[0] === STDERR ? 'stderr' : 'stdout', content: rest.subarray(HEADER_BYTES, end) };
      rest = rest.subarray(end);
    }
  }
}
