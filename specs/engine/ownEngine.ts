import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Docker } from '../../src/runtime/docker/engine/docker';
import { realLimit } from '../pace';
import { ask } from './ask';

const DOCKERD = ['/usr/sbin/dockerd', '/usr/bin/dockerd'].find((file) => existsSync(file));
const IP = ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip'].find((file) => existsSync(file));
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

const REMOVAL = path.join(__dirname, 'removeOwnEngine.cjs');
const ANSWERS_MAX_MS = realLimit(60_000);
/** An address range that other networks of this machine are unlikely to use. Each engine gets a part of it. */
const NETWORK = '10.213';
const NETWORKS = 250;
const PORT = 2375;

/** Returns why a spec cannot start its own dockerd here, or undefined if it can. */
export function explainMissingOwnEngine(): string | undefined {
  if (process.getuid?.() !== 0) return 'it needs root';
  if (!DOCKERD) return 'dockerd is not installed';
  if (!IP) return 'the ip command (iproute2) is not installed';
  return undefined;
}

export interface OwnEngineOptions {
  /** Megabytes for its images and containers, which it then keeps in memory. */
  readonly diskMB?: number;
  /**
   * True if the engine runs as if on another machine: with its own processes and network, and reached by TCP. This
   * machine has no route to its pods.
   */
  readonly isElsewhere?: boolean;
}

/**
 * A second dockerd, for actions that would disturb other users of an engine. It has its own data root, sockets, pid
 * file and bridge, because `--bridge=none` would delete the bridge of the first one.
 */
export class OwnEngine implements AsyncDisposable {
  static #count = 0;
  readonly #home = mkdtempSync('/var/tmp/jest-kubelet-dockerd-');
  readonly #number = ++OwnEngine.#count;
  readonly #bridge = `jk${process.pid}-${this.#number}`;
  readonly #isOnTmpfs: boolean;
  readonly #isElsewhere: boolean;
  /** The first part of its addresses. */
  readonly #net: string;
  readonly #caretaker: ChildProcess;
  #daemon: ChildProcess | undefined;

  static async start(options: OwnEngineOptions = {}): Promise<OwnEngine> {
    const engine = new OwnEngine(options);
    try {
      await engine.start();
      return engine;
    } catch (error) {
      await engine[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor({ diskMB, isElsewhere = false }: OwnEngineOptions) {
    this.#isOnTmpfs = diskMB !== undefined;
    this.#isElsewhere = isElsewhere;
    // It removes everything when the spec ends or is interrupted.
    this.#caretaker = fork(REMOVAL, [JSON.stringify(this.#place)], { detached: true, execArgv: [], stdio: 'ignore' });
    this.#caretaker.unref();
    this.#caretaker.channel?.unref();
    this.#net = freeNetwork(process.pid * 2 + this.#number);
    if (isElsewhere) ip('netns', 'add', this.#bridge);
    // The other machine gets a cable instead of a bridge, and creates its own bridge.
    const kind = isElsewhere ? ['veth', 'peer', 'name', 'eth0', 'netns', this.#bridge] : ['bridge'];
    ip('link', 'add', this.#bridge, 'type', ...kind);
    ip('address', 'add', `${this.#net}.1/24`, 'dev', this.#bridge);
    ip('link', 'set', this.#bridge, 'up');
    if (isElsewhere) {
      ip('-n', this.#bridge, 'address', 'add', `${this.#net}.2/24`, 'dev', 'eth0');
      for (const name of ['lo', 'eth0']) ip('-n', this.#bridge, 'link', 'set', name, 'up');
    }
    if (diskMB !== undefined) {
      sh('mkdir', this.#dataRoot);
      sh('mount', '-t', 'tmpfs', '-o', `size=${diskMB}m`, 'jest-kubelet', this.#dataRoot);
    }
  }

  /** For `DOCKER_HOST`. */
  get host(): string {
    return this.#isElsewhere ? `tcp://${this.#net}.2:${PORT}` : `unix://${this.socket}`;
  }

  get socket(): string {
    return path.join(this.#home, 'docker.sock');
  }

  /** Starts the daemon if it does not run, and waits until it responds. */
  async start(): Promise<void> {
    if (this.#runs) return;
    const at = (name: string) => path.join(this.#home, name);
    // The containerd of a killed daemon also exits, but may stay in the process table and look alive.
    rmSync(at('exec/containerd/containerd.pid'), { force: true });
    const log = openSync(at('log'), 'a');
    const [program = '', ...args] = [
      ...(this.#isElsewhere ? this.#elsewhere : []),
      ...[DOCKERD ?? 'dockerd', '--data-root', this.#dataRoot, '--exec-root', at('exec'), '--pidfile', at('pid')],
      ...['--host', `unix://${this.socket}`, '--storage-driver', this.#isOnTmpfs ? 'vfs' : 'overlay2'],
      ...(this.#isElsewhere ? ['--host', this.host, '--tls=false'] : ['--bridge', this.#bridge]),
      // The firewall rules belong to the first engine. Two engines would delete each other's rules.
      ...['--iptables=false', '--ip6tables=false', '--userland-proxy=true'],
    ];
    this.#daemon = spawn(program, args, { env: { ...process.env, PATH }, stdio: ['ignore', log, log] });
    closeSync(log);
    const deadline = Date.now() + ANSWERS_MAX_MS;
    while (!(await answers(this.socket))) {
      if (!this.#runs || Date.now() > deadline) {
        throw new Error(`dockerd does not respond: ${readFileSync(at('log'), 'utf8').slice(-1_000)}`);
      }
      await sleep(100);
    }
  }

  /** Signals the daemon. If the signal ends it, waits until it has exited. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const daemon = this.#daemon;
    if (!daemon || !this.#runs) return;
    const ends = signal === 'SIGTERM' || signal === 'SIGKILL' || signal === 'SIGINT';
    const gone = once(daemon, 'exit');
    daemon.kill(signal);
    if (ends) await gone;
  }

  /** Waits until the engine has no containers. */
  async empties(): Promise<void> {
    while ((await ask(this.socket, '/containers/json?all=1')) !== '[]\n') await sleep(50);
  }

  /** Ends the engine and everything on it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.signal('SIGCONT');
    // The program that runs the daemon ignores SIGTERM. SIGKILL also ends all processes and mounts of that machine.
    await this.signal(this.#isElsewhere ? 'SIGKILL' : 'SIGTERM');
    const removed = once(this.#caretaker, 'exit');
    this.#caretaker.disconnect();
    await removed;
  }

  get #runs(): boolean {
    return this.#daemon?.exitCode === null && this.#daemon.signalCode === null;
  }

  /** The command that runs a program on the machine of the daemon. */
  get #elsewhere(): readonly string[] {
    const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
    return ['nsenter', `--net=/run/netns/${this.#bridge}`, 'unshare', ...namespaces];
  }

  get #place() {
    return { home: this.#home, bridge: this.#bridge, isElsewhere: this.#isElsewhere, ip: IP };
  }

  get #dataRoot(): string {
    return path.join(this.#home, 'data');
  }
}

/** Copies an image to a separate engine. */
export async function copyImage(from: Docker, image: string, to: OwnEngine): Promise<void> {
  const saved = await from.getImage(image).get();
  const upload = request({ socketPath: to.socket, method: 'POST', path: '/images/load' });
  saved.pipe(upload);
  const [response] = (await once(upload, 'response')) as [IncomingMessage];
  const progress = await text(response);
  if (response.statusCode !== 200 || progress.includes('"error"')) throw new Error(`${image} not loaded: ${progress}`);
}

/**
 * Returns an unused network. Two engines with one network would send a client to the wrong pods, and workers have
 * consecutive pids.
 */
function freeNetwork(from: number): string {
  const taken = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
  const networks = Array.from({ length: NETWORKS }, (_, at) => `${NETWORK}.${(from + at) % NETWORKS}`);
  const free = networks.find((network) => !taken.includes(`${network}.1`));
  if (free === undefined) throw new Error(`no network ${NETWORK}.0/24 to .${NETWORKS - 1}.0/24 is free`);
  return free;
}

async function answers(socket: string): Promise<boolean> {
  return (await ask(socket, '/_ping').catch(() => '')) === 'OK';
}

function ip(...args: readonly string[]): void {
  sh(IP ?? 'ip', ...args);
}

function sh(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? stderr}`);
}
