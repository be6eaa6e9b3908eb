import type { ExecOutcome } from '../../agent/ipc/messages';
import type { Container } from '../../manifest/model';
import { parseQuantity } from '../../manifest/values/quantity';
import type { Hide } from '../../masking/masker';
import type { Limits } from '../../runtime/docker/containers/limits';
import type { ContainerProcess } from '../../timeline/event';
import type { AgentProcess } from '../shared/agentProcess';
import { ExecError } from '../shared/execError';
import { checkedCommand, checkedOptions, checkedSignal, type OptionNames } from '../shared/options';

/** What becomes of a command that fails. */
export interface ExecOptions {
  /** Whether an exit code other than 0 is an error; true unless told otherwise. */
  readonly reject?: boolean;
}

const EXEC_OPTIONS: OptionNames<ExecOptions> = { reject: true };

/** Whose output is meant. */
export interface LogsOptions {
  /** The instance before the last restart. */
  readonly previous?: boolean;
}

const LOGS_OPTIONS: OptionNames<LogsOptions> = { previous: true };

/** A container of a running pod, whichever instance of it runs at the moment. */
export class LiveContainer {
  readonly #agent: AgentProcess;
  readonly #key: string;
  readonly #container: Container;
  readonly #hide: Hide;

  constructor(agent: AgentProcess, key: string, container: Container, hide: Hide) {
    this.#agent = agent;
    this.#key = key;
    this.#container = container;
    this.#hide = hide;
  }

  get name(): string {
    return this.#container.name;
  }

  /**
   * Runs a command in the container, without a shell; waits until the container runs. The output is as the command wrote
   * it, and only a failure hides the values of Secrets.
   *
   * @throws ExecError when it exits with a code other than 0, unless `reject` is false.
   * @throws RuntimeError when it cannot be run: the binary is not there, the container does not run and will not.
   */
  async exec(argv: readonly string[], options?: ExecOptions): Promise<ExecOutcome> {
    const { reject = true } = checkedOptions('exec', options, EXEC_OPTIONS);
    checkedCommand(`exec in container ${this.name}`, argv);
    const outcome = await this.#agent.request('Exec', { ...this.#of, argv });
    if (reject && outcome.exitCode !== 0) throw new ExecError(this.name, argv, outcome, this.#hide);
    return outcome;
  }

  /**
   * What the container has written, standard output and error as they came; with `previous` that of the instance before
   * the last restart. The value of a Secret is `***`.
   *
   * @throws RuntimeError when there is no previous instance.
   */
  async logs(options?: LogsOptions): Promise<string> {
    const { previous = false } = checkedOptions('logs', options, LOGS_OPTIONS);
    return this.#hide(await this.#agent.request('Logs', { ...this.#of, previous }));
  }

  /**
   * The processes of the container, its main one first, each with the signals it handles, ignores and blocks; waits until
   * the container runs. Nothing is run in the container for that.
   *
   * @throws RuntimeError when it does not run and will not, or when the engine does not let a container of ours look.
   */
  processes(): Promise<readonly ContainerProcess[]> {
    return this.#agent.request('Processes', this.#of);
  }

  /**
   * The memory of the container without the page cache that the kernel can take back, in bytes, as the kubelet reports it.
   * Resolves to undefined if the container does not run, or the engine does not tell it.
   */
  async workingSet(): Promise<number | undefined> {
    return (await this.#agent.request('WorkingSet', this.#of)) ?? undefined;
  }

  /**
   * Sends a signal to the container's main process, as a fault: the kubelet has nothing to do with it. Resolves after the
   * exit if the signal is SIGKILL.
   *
   * @throws RuntimeError when the container does not run.
   */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    checkedSignal(`container ${this.name}`, signal);
    await this.#agent.request('Kill', { ...this.#of, signal });
  }

  /**
   * Stops every process of the container where it stands, with SIGSTOP: it answers nothing any more, yet the kernel still
   * accepts its TCP connections, and commands can be run in it. A restart brings an instance that is not frozen.
   *
   * @throws RuntimeError when the container does not run.
   */
  async freeze(): Promise<void> {
    await this.#agent.request('Freeze', this.#of);
  }

  /** Lets a frozen container go on. */
  async thaw(): Promise<void> {
    await this.#agent.request('Thaw', this.#of);
  }

  /**
   * Limits what the container may use, in Kubernetes' quantities: `limit({ cpu: '100m', memory: '64Mi' })`. That is a fault,
   * of which the manifest knows nothing: it stays, across restarts as well, until another one replaces it.
   *
   * @throws RangeError when nothing, or what is no quantity, is given.
   * @throws RuntimeError when the engine refuses, as below what the container uses already.
   */
  async limit(limits: Limits): Promise<void> {
    await this.#agent.request('Limit', { ...this.#of, limits: checked(limits) });
  }

  /**
   * The URL under which the test reaches a port that the container lists, by number or by name; waits until the pod has
   * its network. It begins with `https` where the port is named so: `https`, `https-admin`. For requests of the test only:
   * probes dial the pod's own IP.
   */
  async url(port: number | string): Promise<string> {
    const listed = this.#container.ports?.find(({ name, containerPort }) => name === port || containerPort === port);
    if (!listed) throw new Error(`container ${this.name}: no port ${port}; its ports are ${this.#ports() || 'none'}`);
    const scheme = /^https(-|$)/.test(listed.name ?? '') ? 'https' : 'http';
    return `${scheme}://${await this.#agent.request('AddressOf', { ...this.#of, port: listed.containerPort })}`;
  }

  get #of() {
    return { key: this.#key, container: this.name };
  }

  #ports(): string {
    const ports = this.#container.ports ?? [];
    return ports.map(({ name, containerPort }) => (name ? `${containerPort} (${name})` : containerPort)).join(', ');
  }
}

function checked({ cpu, memory }: Limits): Limits {
  const given = Object.entries({ cpu, memory }).filter(([, quantity]) => quantity !== undefined);
  const wrong = given.find(([, quantity]) => !((parseQuantity(String(quantity))?.nanos ?? 0n) > 0n));
  if (wrong)
    throw new RangeError(
      `limit: ${wrong[0]} ${JSON.stringify(wrong[1])} is no quantity above 0, as '100m' or '64Mi' is`,
    );
  if (given.length === 0)
    throw new RangeError("limit: nothing is limited; give cpu, memory or both, as in { cpu: '100m' }");
  return Object.fromEntries(given);
}
