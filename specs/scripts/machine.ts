import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = path.join(__dirname, '../..');
const COPIED = ['scripts', 'examples', 'package.json', 'package-lock.json'];
/** No engine listens there. */
const NOWHERE = 'tcp://127.0.0.1:1';

/** Output of a setup run, mixed with the actions that it ran, in the order of events. */
export interface SetupRun {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/**
 * A machine that has Node and nothing else: a checkout without dependencies, programs that only log how they are called,
 * and, if started, an engine that has no image. Each action is logged between the lines that setup prints.
 */
export class Machine {
  readonly #home = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-machine-'));
  readonly checkout = path.join(this.#home, 'checkout');
  readonly #log = path.join(this.#home, 'log');
  readonly #programs = path.join(this.#home, 'bin');
  readonly #images = new Map<string, object>();
  #engine: Server | undefined;

  constructor() {
    mkdirSync(this.#programs);
    for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(this.checkout, name), { recursive: true });
    const installs = 'mkdir -p node_modules && echo "{}" > node_modules/.package-lock.json';
    this.#addProgram('npm', installs);
    for (const name of ['apt-get', 'dockerd', 'debootstrap']) this.#addProgram(name, 'exit 1');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#engine?.closeAllConnections();
    if (this.#engine) await new Promise((resolve) => this.#engine?.close(resolve));
    rmSync(this.#home, { recursive: true });
  }

  /** Starts an engine that has no images and pretends to pull and build each requested one. */
  async startEngine(): Promise<void> {
    this.#engine = createServer(async (request, response) => {
      const { status = 200, body } = await this.#respond(request);
      response.writeHead(status).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    // Like Docker, it keeps a connection until the client closes it.
    this.#engine.keepAliveTimeout = 0;
    await once(this.#engine, 'listening');
  }

  /** Runs `npm run setup` with these arguments. */
  async setup(args: readonly string[] = [], variables: NodeJS.ProcessEnv = {}): Promise<SetupRun> {
    rmSync(this.#log, { force: true });
    const log = openSync(this.#log, 'a');
    const engine = this.#engine ? `tcp://127.0.0.1:${(this.#engine.address() as AddressInfo).port}` : NOWHERE;
    const env = {
      PATH: `${this.#programs}:/usr/bin:/bin`,
      HOME: this.#home,
      LOG: this.#log,
      DOCKER_HOST: engine,
      JEST_KUBELET_BROWSER: process.execPath,
      ...variables,
    };
    const child = spawn(process.execPath, ['scripts/setup.mjs', ...args], {
      cwd: this.checkout,
      env,
      stdio: ['ignore', log, log],
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, lines: readFileSync(this.#log, 'utf8').trimEnd().split('\n') };
  }

  #addProgram(name: string, action: string): void {
    const file = path.join(this.#programs, name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> "$LOG"\n${action}\n`);
    chmodSync(file, 0o755);
  }

  async #respond(request: IncomingMessage): Promise<{ readonly status?: number; readonly body?: unknown }> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://engine');
    await text(request);
    if (request.method === 'GET') {
      if (pathname === '/_ping') return {};
      if (pathname !== '/images/json') return this.#imageAt(pathname);
      return { body: [...this.#images].map(([tag, Labels]) => ({ RepoTags: [tag], Labels })) };
    }
    if (request.method === 'DELETE') {
      appendFileSync(this.#log, `engine DELETE ${pathname}\n`);
      return { body: [] };
    }
    const name = searchParams.get('t') ?? `${searchParams.get('fromImage')}:${searchParams.get('tag')}`;
    appendFileSync(this.#log, `engine ${pathname} ${name}\n`);
    this.#images.set(name, JSON.parse(searchParams.get('labels') ?? '{}'));
    return { body: {} };
  }

  /** Returns an image, whose id changes with its labels. */
  #imageAt(pathname: string): { readonly status?: number; readonly body: unknown } {
    const labels = this.#images.get(pathname.replace(/^\/images\/|\/json$/g, ''));
    if (!labels) return { status: 404, body: { message: 'no such image' } };
    return { body: { Id: `sha256:${createHash('sha256').update(JSON.stringify(labels)).digest('hex')}` } };
  }
}
