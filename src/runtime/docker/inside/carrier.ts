import type { Duplex } from 'node:stream';
import { RuntimeError } from '../../runtimeError';
import type { Docker } from '../engine/docker';
import { readFrames } from '../engine/rawStream';
import { DialFrameReader } from './dialFrame';
import { InsideSocket, type Peer } from './insideSocket';
import { Once } from './outcome';

/** A run of `/dial` in a sandbox, with the connections that it carries. It ends with the sandbox. */
export class Carrier {
  readonly #stream: Duplex;
  readonly #sockets = new Map<number, InsideSocket>();
  readonly #ready = new Once();
  #opened = 0;
  #ended: RuntimeError | undefined;

  /**
   * Starts the program.
   *
   * @throws RuntimeError if the engine cannot run it.
   */
  static async start(docker: Docker, sandboxId: string): Promise<Carrier> {
    const streams = { AttachStdin: true, AttachStdout: true, AttachStderr: true };
    const exec = await docker.getContainer(sandboxId).exec({ Cmd: ['/dial'], ...streams });
    const carrier = new Carrier(await exec.start({ hijack: true, stdin: true }));
    await carrier.#ready.promise;
    return carrier;
  }

  private constructor(stream: Duplex) {
    this.#stream = stream;
    // The reading side reports the reason of the end.
    stream.on('error', () => {});
    this.#receive().then(
      (rest) => this.#end(new RuntimeError('pod sandbox', rest)),
      (cause: Error) =>
        this.#end(new RuntimeError('pod sandbox', `failed to connect from inside: ${cause.message}`, { cause })),
    );
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  open(peer: Peer): InsideSocket {
    this.#opened += 1;
    const id = this.#opened;
    const socket = new InsideSocket(id, peer, {
      send: (frame) => void this.#stream.write(frame),
      forget: () => void this.#sockets.delete(id),
    });
    this.#sockets.set(id, socket);
    if (this.#ended) socket.fail(this.#ended);
    return socket;
  }

  /** Resolves to the error when the program has exited. */
  async #receive(): Promise<string> {
    const reader = new DialFrameReader();
    let isReady = false;
    let complaint = '';
    for await (const { content } of readFrames(this.#stream)) {
      // Output that is not a frame is the engine's error for a program that it could not run.
      if (!isReady && content[0] !== 0) {
        complaint += content;
        continue;
      }
      for (const frame of reader.read(content)) {
        if (frame.kind !== 'ready') this.#sockets.get(frame.id)?.onFrame(frame);
        isReady = true;
        this.#ready.resolve();
      }
    }
    return isReady
      ? 'exited while it carried connections from inside'
      : `failed to connect from inside: ${complaint.trim()}`;
  }

  #end(error: RuntimeError): void {
    this.#ended = error;
    this.#ready.reject(error);
    this.#stream.destroy();
    for (const socket of [...this.#sockets.values()]) socket.fail(error);
  }
}
