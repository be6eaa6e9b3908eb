import type { ExecOutcome } from '../../agent/ipc/messages';
import type { Container } from '../../manifest/model';
import { parseQuantity } from '../../manifest/values/quantity';
import type { Hide } from '../../masking/masker';
import type { Limits } from '../../runtime/docker/containers/limits';
import type { ContainerProcess } from '../../timeline/event';
import type { AgentProcess } from '../shared/agentProcess';
import { ExecError } from '../shared/execError';
import { checkedCommand, checkedOptions, checkedSignal, type OptionNames } from '../shared/options';
import type { ExecOptions, LiveContainer, LogsOptions } from './liveContainer';

const EXEC_OPTIONS: OptionNames<ExecOptions> = { reject: true };
const LOGS_OPTIONS: OptionNames<LogsOptions> = { previous: true };

/** The container behind a {@link LiveContainer}: each call is a request to the agent. */
export class RunningContainer implements LiveContainer {
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

  async exec(argv: readonly string[], options?: ExecOptions): Promise<ExecOutcome> {
    const { reject = true } = checkedOptions('exec', options, EXEC_OPTIONS);
    checkedCommand(`exec in container ${this.name}`, argv);
    const outcome = await this.#agent.request('Exec', { ...this.#of, argv });
    if (reject && outcome.exitCode !== 0) throw new ExecError(this.name, argv, outcome, this.#hide);
    return outcome;
  }

  async logs(options?: LogsOptions): Promise<string> {
    const { previous = false } = checkedOptions('logs', options, LOGS_OPTIONS);
    return this.#hide(await this.#agent.request('Logs', { ...this.#of, previous }));
  }

  processes(): Promise<readonly ContainerProcess[]> {
    return this.#agent.request('Processes', this.#of);
  }

  async workingSet(): Promise<number | undefined> {
    return (await this.#agent.request('WorkingSet', this.#of)) ?? undefined;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    checkedSignal(`container ${this.name}`, signal);
    await this.#agent.request('Kill', { ...this.#of, signal });
  }

  async freeze(): Promise<void> {
    await this.#agent.request('Freeze', this.#of);
  }

  async thaw(): Promise<void> {
    await this.#agent.request('Thaw', this.#of);
  }

  async limit(limits: Limits): Promise<void> {
    await this.#agent.request('Limit', { ...this.#of, limits: checkLimits(limits) });
  }

  async url(port: number | string): Promise<string> {
    const listed = this.#container.ports?.find(({ name, containerPort }) => name === port || containerPort === port);
    if (!listed)
      throw new Error(`container ${this.name}: unknown port ${port}. Valid ports: ${this.#ports() || 'none'}`);
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

function checkLimits({ cpu, memory }: Limits): Limits {
  const given = Object.entries({ cpu, memory }).filter(([, quantity]) => quantity !== undefined);
  const wrong = given.find(([, quantity]) => !((parseQuantity(String(quantity))?.nanos ?? 0n) > 0n));
  if (wrong)
    throw new RangeError(
      `limit: ${wrong[0]} must be a quantity above 0 such as '100m' or '64Mi', received ${JSON.stringify(wrong[1])}`,
    );
  if (given.length === 0)
    throw new RangeError("limit: no limit given. Pass cpu, memory or both, for example { cpu: '100m' }");
  return Object.fromEntries(given);
}
