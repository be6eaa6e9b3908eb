import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask';

/** The settings that Podman 4.3 of Debian 12 needs without systemd. */
const CONTAINERS_CONF = `[containers]
default_ulimits=["nofile=1024:1024","nproc=1024:1024"]
[engine]
cgroup_manager="cgroupfs"
runtime="runc"
events_logger="file"
[network]
network_backend="netavark"
`;

/** The network program of Podman, on Debian and on other systems. */
const NETAVARK = ['/usr/lib/podman/netavark', '/usr/libexec/podman/netavark'];
const REMOVAL = path.join(__dirname, 'removeOwnEngine.cjs');

/** Returns why a spec cannot start its own Podman here, or undefined if it can. */
export function explainMissingOwnPodman(): string | undefined {
  if (process.getuid?.() !== 0) return 'it needs root';
  if (spawnSync('podman', ['--version']).status !== 0) return 'podman is not installed';
  return NETAVARK.some((file) => existsSync(file)) ? undefined : `podman has no network: no ${NETAVARK[0]}`;
}

/** A Podman with a Docker-compatible socket and its own storage. */
export class OwnPodman implements AsyncDisposable {
  readonly #home = mkdtempSync('/var/tmp/jest-kubelet-podman-');
  /** It removes everything when the spec ends or is interrupted. */
  readonly #caretaker: ChildProcess;
  #service: ChildProcess | undefined;

  private constructor() {
    const place = JSON.stringify({ home: this.#home });
    this.#caretaker = fork(REMOVAL, [place], { detached: true, execArgv: [], stdio: 'ignore' });
    this.#caretaker.unref();
    this.#caretaker.channel?.unref();
  }

  static async start(): Promise<OwnPodman> {
    const podman = new OwnPodman();
    await podman.#start();
    return podman;
  }

  get socket(): string {
    return path.join(this.#home, 'socket');
  }

  /** For `DOCKER_HOST`. */
  get host(): string {
    return `unix://${this.socket}`;
  }

  /** Waits until it has no containers. */
  async empties(): Promise<void> {
    while ((await ask(this.socket, '/v1.41/containers/json?all=1')).trim() !== '[]') await sleep(50);
  }

  /** Ends Podman and everything on it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#podman('rm', '--all', '--force', '--time', '0');
    const removed = once(this.#caretaker, 'exit');
    this.#caretaker.disconnect();
    await removed;
  }

  async #start(): Promise<void> {
    const storage = `[storage]\ndriver="overlay"\ngraphroot="${this.#home}/graph"\nrunroot="${this.#home}/run"\n`;
    writeFileSync(path.join(this.#home, 'containers.conf'), CONTAINERS_CONF);
    writeFileSync(path.join(this.#home, 'storage.conf'), storage);
    const args = ['system', 'service', '--time=0', this.host];
    const log = path.join(this.#home, 'log');
    this.#service = spawn('podman', args, { env: this.#env, stdio: ['ignore', 'ignore', openSync(log, 'w')] });
    while ((await ask(this.socket, '/_ping').catch(() => '')) !== 'OK') {
      const { exitCode } = this.#service;
      if (exitCode !== null) throw new Error(`podman service exited with ${exitCode}: ${readFileSync(log, 'utf8')}`);
      await sleep(50);
    }
  }

  /** Loads an image that `docker save` wrote. Podman treats a name without a registry as a local build. */
  load(archive: string, image: string): void {
    this.#podman('load', '--input', archive);
    this.#podman('tag', `localhost/${image}`, `docker.io/library/${image}`);
  }

  get #env(): NodeJS.ProcessEnv {
    const at = (name: string) => path.join(this.#home, name);
    const configured = { CONTAINERS_CONF: at('containers.conf'), CONTAINERS_STORAGE_CONF: at('storage.conf') };
    // It leaves imported images in its temporary folder.
    return { ...process.env, ...configured, TMPDIR: this.#home };
  }

  #podman(...args: string[]): void {
    spawnSync('podman', args, { env: this.#env });
  }
}
