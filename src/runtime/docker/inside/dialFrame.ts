/** Frames to the program `dial`. Source: programs/dial.c. */
export const TO_DIAL = { open: 0, send: 1, taken: 2, end: 3, close: 4 } as const;

/** Frames of the program `dial`. Source: programs/dial.c. */
const FROM_DIAL = ['ready', 'begun', 'connected', 'failed', 'received', 'sent', 'ended'] as const;

/** The limit of bytes of a connection in transit, until the other side reports some of them as taken. */
export const WINDOW_BYTES = 16_384;

const HEADER_BYTES = 12;
const AF_INET = 2;

/** Something that happened to a connection, by the number of the connection. */
export interface DialFrame {
  readonly id: number;
  readonly kind: (typeof FROM_DIAL)[number];
  /** The number of an error for `failed`, of bytes for `received` and `sent`, 0 for the others. */
  readonly value: number;
  readonly data: Buffer;
}

export function dialFrame(id: number, kind: keyof typeof TO_DIAL, value = 0, data: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(id, 0);
  header.writeUInt32LE(TO_DIAL[kind], 4);
  header.writeUInt32LE(value, 8);
  return Buffer.concat([header, data]);
}

/**
 * Returns the first 8 bytes of a `struct sockaddr_in`: family, port and IP, all but the family in network order.
 * Source: ip(7).
 */
export function socketAddress(host: string, port: number): Buffer {
  const address = Buffer.alloc(8);
  address.writeUInt16LE(AF_INET, 0);
  address.writeUInt16BE(port, 2);
  for (const [index, byte] of host.split('.').entries()) address[4 + index] = Number(byte);
  return address;
}

/** A parser of the output of `dial`. */
export class DialFrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Returns the frames that end in this chunk. */
  read(chunk: Buffer): readonly DialFrame[] {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: DialFrame[] = [];
    while (rest.length >= HEADER_BYTES) {
      const kind = FROM_DIAL[rest.readUInt32LE(4)];
      if (kind === undefined) throw new Error(`dial wrote a frame of kind ${rest.readUInt32LE(4)}`);
      const value = rest.readUInt32LE(8);
      const end = HEADER_BYTES + (kind === 'received' ? value : 0);
      if (rest.length < end) break;
      frames.push({ id: rest.readUInt32LE(0), kind, value, data: rest.subarray(HEADER_BYTES, end) });
      rest = rest.subarray(end);
    }
    this.#rest = rest;
    return frames;
  }
}
