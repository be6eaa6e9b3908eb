import type { Readable } from 'node:stream';
import type { Docker } from '../engine/docker';
import { readFrames } from '../engine/rawStream';

/**
 * The size that a node keeps of a log in one file, which `kubectl logs` shows. Source: kubelet `containerLogMaxSize`.
 */
const KEPT_BYTES = 10 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Returns the output of an instance so far, stdout and stderr in the order of arrival, or its last lines. A very long
 * output is cut to its end, and a line states how much is left out.
 */
export async function readLog(docker: Docker, id: string, lastLines?: number): Promise<string> {
  const tail = lastLines === undefined ? {} : { tail: lastLines };
  const newest = new Newest();
  for await (const { content } of readFrames(await open(docker, id, tail))) newest.add(content);
  return newest.text();
}

/** Opens the log as a stream, because the client itself would hold all of it in memory. */
function open({ modem }: Docker, id: string, tail: { readonly tail?: number }): Promise<Readable> {
  return new Promise((resolve, reject) =>
    modem.dial(
      {
        path: `/containers/${id}/logs?`,
        method: 'GET',
        isStream: true,
        statusCodes: { 200: true, 404: 'no such container', 500: 'server error' },
        options: { stdout: true, stderr: true, follow: false, ...tail },
      },
      (error, stream) => (error ? reject(error) : resolve(stream as Readable)),
    ),
  );
}

/** A ring buffer: once it is full, new content replaces the oldest. */
class Newest {
  #ring = Buffer.alloc(0);
  #written = 0;

  add(content: Buffer): void {
    if (this.#written + content.length > this.#ring.length) this.#grow(this.#written + content.length);
    const newest = content.subarray(-this.#ring.length);
    const at = (this.#written + content.length - newest.length) % this.#ring.length;
    const fits = newest.copy(this.#ring, at);
    newest.copy(this.#ring, 0, fits);
    this.#written += content.length;
  }

  text(): string {
    const { length } = this.#ring;
    if (this.#written <= length) return this.#ring.toString('utf8', 0, this.#written);
    const at = this.#written % length;
    const all = Buffer.concat([this.#ring.subarray(at), this.#ring.subarray(0, at)]);
    const from = all.indexOf(NEWLINE) + 1;
    return `jest-kubelet: ${this.#written - length + from} bytes before this are left out\n${all.toString('utf8', from)}`;
  }

  /** Enlarges the ring. It does not grow once it is full, and nothing in it has been overwritten before that. */
  #grow(needed: number): void {
    if (this.#ring.length === KEPT_BYTES) return;
    const grown = Buffer.alloc(Math.min(KEPT_BYTES, Math.max(needed, 2 * this.#ring.length)));
    this.#ring.copy(grown, 0, 0, this.#written);
    this.#ring = grown;
  }
}
