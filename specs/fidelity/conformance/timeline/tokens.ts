import type { Pod } from '../../../../src/manifest/model';

const OF_POD = ['created', 'running', 'ready', 'terminated', 'removed'];
const OF_CONTAINER = [
  'start',
  'started',
  'up',
  'exit',
  'startedTrue',
  'preStop.start',
  'preStop.end',
  'postStart.start',
  'postStart.end',
  'liveness',
  'readiness',
  'startup',
];
const HOOKS = ['preStop', 'postStart'];
const PROBES = ['liveness', 'readiness', 'startup'];

/** Which names a case may use: those of its pod's containers, and those its steps have. */
export class Names {
  readonly pod: Pod;
  readonly containers: readonly string[];
  readonly #steps: ReadonlySet<string>;

  constructor(pod: Pod, steps: Iterable<string>) {
    const { spec } = pod;
    this.pod = pod;
    this.containers = [...spec.initContainers, ...spec.containers].map(({ name }) => name);
    this.#steps = new Set(steps);
  }

  /** Returns an event, with `#2` for its second occurrence. Throws if the event can never happen. */
  event(where: string, value: unknown): string {
    const [token = '', nth, ...more] = String(value).split('#');
    const dot = token.indexOf('.');
    const [name, what] = [token.slice(0, dot), token.slice(dot + 1)];
    const known =
      this.#steps.has(token) ||
      (name === 'pod' && OF_POD.includes(what)) ||
      (this.containers.includes(name) && OF_CONTAINER.includes(what));
    if (!known || more.length > 0 || (nth !== undefined && !/^[1-9]\d*$/.test(nth))) {
      throw new Error(`${where}: unknown event ${JSON.stringify(value)}`);
    }
    return token === 'pod.created' ? token : String(value);
  }

  container(where: string, value: unknown): string {
    const name = this.containers.find((each) => each === value);
    if (name === undefined) throw new Error(`${where}: the pod has no container ${JSON.stringify(value)}`);
    return name;
  }

  /** Returns a container, or one of its hooks or probes. */
  run(where: string, value: unknown): string {
    const [container, ...part] = String(value).split('.');
    const what = part.join('.');
    if (what !== '' && !HOOKS.includes(what) && !PROBES.includes(what)) {
      throw new Error(`${where}: a container has no ${JSON.stringify(what)}`);
    }
    this.container(where, container);
    return String(value);
  }
}
