import { Duplex } from 'node:stream';
import type { Connection } from '../containerRuntime';
import { RuntimeError } from '../runtimeError';
import type { Docker } from './engine';
import { framesOf } from './rawStream';

/** By number. Source: errno(3), of Linux on x86 and ARM. */
const ERRNO: Readonly<Record<number, string>> = {
  1: 'EPERM',
  13: 'EACCES',
  22: 'EINVAL',
  32: 'EPIPE',
  99: 'EADDRNOTAVAIL',
  101: 'ENETUNREACH',
  103: 'ECONNABORTED',
  104: 'ECONNRESET',
  110: 'ETIMEDOUT',
  111: 'ECONNREFUSED',
  112: 'EHOSTDOWN',
  113: 'EHOSTUNREACH',
};
const AF_INET = 2;
const WORD_BYTES = 4;

/**
 * Connects to a port from inside the network of a sandbox, by the program `/dial` of its image, which the engine runs
 * there. Resolves once that is about to connect.
 *
 * @throws RuntimeError when the engine cannot run it.
 */
export async function dialInside(docker: Docker, sandboxId: string, host: string, port: number): Promise<Connection> {
  const exec = await docker.getContainer(sandboxId).exec({
    Cmd: ['/dial', ...socketAddress(host, port)],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const socket = new InsideSocket(await exec.start({ hijack: true, stdin: true }), { address: host, port });
  await socket.begun;
  return { socket, connected: socket.connected };
}

/** Returns a connection attempt that nothing responds to, as in a network that is cut. It ends if it is given up. */
export function unanswered(): Connection {
  const connected = new Outcome();
  const socket = new Duplex({
    read() {},
    write: (_chunk, _encoding, done) => done(),
    destroy(error, done) {
      connected.reject(error ?? new Error('given up'));
      done(error);
    },
  });
  socket.on('error', () => {});
  return { socket, connected: connected.promise };
}

/** The first two words of a `struct sockaddr_in`: family and port, IP; all but the family in network order. */
export function socketAddress(host: string, port: number): readonly string[] {
  const address = Buffer.alloc(8);
  address.writeUInt16LE(AF_INET, 0);
  address.writeUInt16BE(port, 2);
  for (const [index, byte] of host.split('.').entries()) address[4 + index] = Number(byte);
  return [address.readUInt32LE(0), address.readUInt32LE(4)].map(String);
}

/** What came of something, once; nobody has to ask. */
class Outcome {
  readonly promise: Promise<void>;
  resolve: () => void = () => {};
  reject: (error: Error) => void = () => {};

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.promise.catch(() => {});
  }
}

interface Peer {
  readonly address: string;
  readonly port: number;
}

/** What `/dial` carries to and fro, as a socket. It ends with the other side, and ending it hangs up. */
class InsideSocket extends Duplex {
  readonly begun: Promise<void>;
  readonly connected: Promise<void>;
  readonly #inside: Duplex;
  readonly #peer: Peer;
  #wanted = () => {};

  constructor(inside: Duplex, peer: Peer) {
    super();
    this.#inside = inside;
    this.#peer = peer;
    const begun = new Outcome();
    const connected = new Outcome();
    this.begun = begun.promise;
    this.connected = connected.promise;
    // Once it is given up, what it still has to say is nobody's business.
    this.on('error', () => {});
    inside.on('error', () => {});
    this.#receive(begun, connected).catch((error: Error) => {
      begun.reject(error);
      connected.reject(error);
      this.destroy(error);
    });
  }

  override _read(): void {
    this.#wanted();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // What is written to a side that is gone is lost, and of that the reading side tells.
    if (this.#inside.destroyed) done();
    else this.#inside.write(chunk, () => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    if (!this.#inside.destroyed) this.#inside.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#wanted();
    this.#inside.destroy();
    done(error);
  }

  /** Source: `dialProgram`. */
  async #receive(begun: Outcome, connected: Outcome): Promise<void> {
    let rest: Buffer = Buffer.alloc(0);
    let words = 0;
    for await (const { content } of framesOf(this.#inside)) {
      rest = rest.length === 0 ? content : Buffer.concat([rest, content]);
      // Anything else is the engine, which says why it could not run the program.
      if (words === 0 && rest[0] !== 0) continue;
      while (rest.length >= WORD_BYTES) {
        const word = rest.readInt32LE();
        const end = WORD_BYTES + Math.max(word, 0);
        if (rest.length < end) break;
        const content = rest.subarray(WORD_BYTES, end);
        rest = rest.subarray(end);
        words += 1;
        if (words === 1) begun.resolve();
        else if (word < 0) throw this.#error(words === 2 ? 'connect' : 'read', -word);
        else if (words === 2) connected.resolve();
        else if (word > 0) await this.#hand(content);
        else return void this.push(null);
      }
    }
    const wrong =
      words === 0
        ? `cannot be dialled from inside: ${rest.toString().trim()}`
        : 'went away while it was dialled from inside';
    throw new RuntimeError('pod sandbox', wrong);
  }

  /** Resolves when more may come. */
  #hand(content: Buffer): Promise<void> | undefined {
    if (this.destroyed || this.push(content)) return undefined;
    return new Promise((resolve) => {
      this.#wanted = resolve;
    });
  }

  /** As a socket of this machine would tell it. */
  #error(syscall: 'connect' | 'read', number: number): Error {
    const code = ERRNO[number] ?? `errno ${number}`;
    const { address, port } = this.#peer;
    const where = syscall === 'connect' ? { address, port } : {};
    return Object.assign(new Error(`${syscall} ${code}`), { code, syscall, ...where });
  }
}
