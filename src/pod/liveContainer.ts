import type { ExecOutcome } from '../agent/messages';
import type { Container } from '../manifest/model';
import type { AgentProcess } from './agentProcess';
import { ExecError } from './execError';

/** A container of a running pod, whichever instance of it runs at the moment. */
export class LiveContainer {
  readonly #agent: AgentProcess;
  readonly #key: string;
  readonly #container: Container;

  constructor(agent: AgentProcess, key: string, container: Container) {
    this.#agent = agent;
    this.#key = key;
    this.#container = container;
  }

  get name(): string {
    return this.#container.name;
  }

  /**
   * Runs a command in the container, without a shell; waits until the container runs.
   *
   * @throws ExecError when it exits with a code other than 0, unless `reject` is false.
   * @throws RuntimeError when it cannot be run: the binary is not there, the container does not run and will not.
   */
  async exec(argv: readonly string[], { reject = true }: { readonly reject?: boolean } = {}): Promise<ExecOutcome> {
    const outcome = await this.#agent.request('Exec', { ...this.#of, argv });
    if (reject && outcome.exitCode !== 0) throw new ExecError(this.name, argv, outcome.exitCode, outcome.output);
    return outcome;
  }

  /**
   * What the container has written, standard output and error as they came; with `previous` that of the instance before
   * the last restart.
   *
   * @throws RuntimeError when there is no previous instance.
   */
  logs({ previous = false }: { readonly previous?: boolean } = {}): Promise<string> {
    return this.#agent.request('Logs', { ...this.#of, previous });
  }

  /**
   * Sends a signal to the container's main process, as a fault: the kubelet has nothing to do with it.
   *
   * @throws RuntimeError when the container does not run.
   */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#agent.request('Kill', { ...this.#of, signal });
  }

  /**
   * The URL under which the test reaches a port that the container lists, by number or by name; waits until the pod has
   * its network. For requests of the test only: probes dial the pod's own IP.
   */
  async url(port: number | string): Promise<string> {
    const listed = this.#container.ports?.find(({ name, containerPort }) => name === port || containerPort === port);
    if (!listed) throw new Error(`container ${this.name}: no port ${port}; its ports are ${this.#ports() || 'none'}`);
    return `http://${await this.#agent.request('AddressOf', { ...this.#of, port: listed.containerPort })}`;
  }

  get #of() {
    return { key: this.#key, container: this.name };
  }

  #ports(): string {
    const ports = this.#container.ports ?? [];
    return ports.map(({ name, containerPort }) => (name ? `${containerPort} (${name})` : containerPort)).join(', ');
  }
}
