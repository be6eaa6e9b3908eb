import { Duplex } from 'node:stream';
import { type DialFrame, dialFrame, socketAddress, WINDOW_BYTES } from './dialFrame';
import { Once } from './outcome';

/** Names by number. Source: errno(3), of Linux on x86 and ARM. */
const ERRNO: Readonly<Record<number, string>> = {
  1: 'EPERM',
  13: 'EACCES',
  22: 'EINVAL',
  24: 'EMFILE',
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

export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** The receiver of a socket's frames. */
export interface FrameSink {
  send(frame: Buffer): void;
  /** Called when the socket sends and receives no further frames. */
  forget(): void;
}

/**
 * A connection that `dial` opens in the pod's network, as a socket. It ends with the other side, and ending it closes
 * the connection.
 */
export class InsideSocket extends Duplex {
  readonly #id: number;
  readonly #peer: Peer;
  readonly #sink: FrameSink;
  readonly #begun = new Once();
  readonly #connected = new Once();
  /** The number of bytes that may be sent before `dial` reports some as sent. */
  #room = WINDOW_BYTES;
  #waiting: { chunk: Buffer; done: () => void } | undefined;
  /** Bytes that were delivered and are not yet reported as taken. */
  #untaken = 0;
  #isOver = false;
  #isConnected = false;

  constructor(id: number, peer: Peer, sink: FrameSink) {
    super();
    this.#id = id;
    this.#peer = peer;
    this.#sink = sink;
    // A socket that was given up may still fail, and has no other listener.
    this.on('error', () => {});
    sink.send(dialFrame(id, 'open', 0, socketAddress(peer.address, peer.port)));
  }

  /** Resolves when `dial` is about to connect. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  get connected(): Promise<void> {
    return this.#connected.promise;
  }

  onFrame({ kind, value, data }: DialFrame): void {
    switch (kind) {
      case 'begun':
        return this.#begun.resolve();
      case 'connected':
        this.#isConnected = true;
        return this.#connected.resolve();
      case 'failed':
        return this.fail(this.#error(value));
      case 'received':
        this.#untaken += value;
        if (!this.destroyed && this.push(data)) this.#take();
        return;
      case 'sent':
        this.#room += value;
        return this.#sendMore();
      case 'ended':
        this.#over();
        this.push(null);
    }
  }

  /** Ends the socket with its own error, or with the error of its carrier. */
  fail(error: Error): void {
    this.#over();
    this.#begun.reject(error);
    this.#connected.reject(error);
    this.destroy(error);
  }

  override _read(): void {
    this.#take();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#waiting = { chunk, done };
    this.#sendMore();
  }

  override _final(done: (error?: Error | null) => void): void {
    if (!this.#isOver) this.#sink.send(dialFrame(this.#id, 'end'));
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#isOver) this.#sink.send(dialFrame(this.#id, 'close'));
    this.#over();
    this.#connected.reject(error ?? new Error('given up'));
    done(error);
  }

  /** Reports all delivered bytes as taken, so that more may arrive. */
  #take(): void {
    if (this.#untaken === 0 || this.#isOver) return;
    this.#sink.send(dialFrame(this.#id, 'taken', this.#untaken));
    this.#untaken = 0;
  }

  #sendMore(): void {
    const { chunk, done } = this.#waiting ?? {};
    if (!chunk || !done) return;
    // Data for a side that has closed is lost, and the reading side reports that.
    const sent = this.#isOver ? chunk.length : Math.min(chunk.length, this.#room);
    if (!this.#isOver && sent > 0) {
      this.#room -= sent;
      this.#sink.send(dialFrame(this.#id, 'send', sent, chunk.subarray(0, sent)));
    }
    this.#waiting = sent < chunk.length ? { chunk: chunk.subarray(sent), done } : undefined;
    if (!this.#waiting) done();
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#sink.forget();
    this.#sendMore();
  }

  /** Returns the error that a socket of this machine would report. */
  #error(number: number): Error {
    const code = ERRNO[number] ?? `errno ${number}`;
    const syscall = this.#isConnected ? 'read' : 'connect';
    const where = this.#isConnected ? {} : this.#peer;
    return Object.assign(new Error(`${syscall} ${code}`), { code, syscall, ...where });
  }
}
