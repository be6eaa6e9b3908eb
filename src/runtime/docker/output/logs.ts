import type { Readable } from 'node:stream';
import type { Docker } from '../engine/docker';
import { framesOf } from '../engine/rawStream';

/** How much of a log a node keeps in one file, which is what `kubectl logs` shows. Source: kubelet `containerLogMaxSize`. */
const KEPT_BYTES = 10 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * What an instance has written so far, standard output and error as they came: all of it, or its last lines. Of very much
 * it is the end, and a line in place of the rest says how much that was.
 */
export async function logsOf(docker: Docker, id: string, lastLines?: number): Promise<string> {
  const tail = lastLines === undefined ? {} : { tail: lastLines };
  const newest = new Newest();
  for await (const { content } of framesOf(await open(docker, id, tail))) newest.add(content);
  return newest.text();
}

/** The client itself would hold all of it in memory. */
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

/** A ring: where it is full, what comes takes the place of what came first. */
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

  /** Full it grows no more, and nothing in it has been written over before that. */
  #grow(needed: number): void {
    if (this.#ring.length === KEPT_BYTES) return;
    const grown = Buffer.alloc(Math.min(KEPT_BYTES, Math.max(needed, 2 * this.#ring.length)));
    this.#ring.copy(grown, 0, 0, this.#written);
    this.#ring = grown;
  }
}
