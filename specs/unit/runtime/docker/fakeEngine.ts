import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import path from 'node:path';

/** A server that replaces a container engine and records its requests. */
export class FakeEngine implements AsyncDisposable {
  readonly requests: string[] = [];
  /** Value of `DOCKER_HOST`. */
  readonly host: string;
  readonly #server: Server;

  /** Listens in a folder, and responds to each request with a status and an empty object, or never. */
  static async listen(folder: string, name: string, answers: number | 'never'): Promise<FakeEngine> {
    const engine = new FakeEngine(path.join(folder, `${name}.sock`), answers);
    await once(engine.#server, 'listening');
    return engine;
  }

  private constructor(socket: string, answers: number | 'never') {
    this.host = `unix://${socket}`;
    this.#server = createServer(({ method, url }, response) => {
      this.requests.push(`${method} ${url}`);
      if (answers !== 'never') response.writeHead(answers, { 'content-type': 'application/json' }).end('{}');
    }).listen(socket);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
