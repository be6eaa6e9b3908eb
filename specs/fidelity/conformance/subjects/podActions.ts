import { computePodActions } from '../../../../src/kubelet/kuberuntime/computePodActions';
import { type PublishedResult, type Results, withResult } from '../../../../src/kubelet/state/results';
import type { Instance } from '../../../../src/kubelet/state/runtimeState';
import type { Container, Probe } from '../../../../src/manifest/model';
import type { ProbeType } from '../../../../src/timeline/event';
import { containerOf } from './handlers';
import { instanceOf, podOf, restartPolicyOf, sandboxOf } from './pods';
import { listOf, oneOf, SOURCE_BEHAVIOR, type Subject, type Words, wordsOf } from './words';

const INSTANCE = ['state', 'exitCode', 'reason', 'liveness', 'startup', 'specChanged'];
const CACHED = ['liveness', 'startup'] as const;
const PROBES = ['liveness', 'readiness', 'startup'] as const;
const PUBLISHED: Readonly<Record<'success' | 'failure' | 'unknown', PublishedResult>> = {
  success: 'Success',
  failure: 'Failure',
  unknown: 'Unknown',
};
const PROBE = { exec: { command: ['true'] } } as unknown as Probe;

export const podActions: Readonly<Record<string, Subject>> = {
  'kuberuntime.computePodActions': async (given) => {
    const { allInitContainersRestartable, restartPolicy, sandbox } = given;
    const initContainers = (given.initContainers ?? {}) as Words;
    const containers = (given.containers ?? {}) as Words;
    const known = sandboxOf(sandbox);
    const spec = {
      restartPolicy: restartPolicyOf(restartPolicy),
      initContainers: Object.keys(initContainers).map((name) =>
        containerOf({
          name,
          ...probesOf(name, given.initProbes),
          ...(allInitContainersRestartable ? { restartPolicy: 'Always' } : {}),
        }),
      ),
      containers: Object.keys(containers).map((name) => containerOf({ name })),
    };
    const runs = Object.entries({ ...initContainers, ...containers }).filter(([, state]) => state !== null);
    const actions = computePodActions({
      pod: podOf(spec),
      runtime: {
        instances: runs.map(([name, state]) => runningOf(name, state)),
        created: {},
        ...(known ? { sandbox: known } : {}),
      },
      results: runs.reduce(withResultsOf, {} as Results),
      behavior: SOURCE_BEHAVIOR,
    });
    return {
      killPod: actions.killPod,
      createSandbox: actions.createSandbox,
      sandboxAttempt: actions.attempt,
      startInitContainers: actions.startInitContainers.map(nameOf),
      startContainers: actions.startContainers.map(nameOf),
      killContainers: actions.killContainers.map(({ container }) => nameOf(container)),
    };
  },
};

const nameOf = ({ name }: Container) => name;

function probesOf(name: string, given: unknown): Partial<Container> {
  const types = listOf(`initProbes.${name}`, ((given ?? {}) as Words)[name] ?? []);
  return Object.fromEntries(types.map((type) => [`${oneOf(`initProbes.${name}`, type, PROBES)}Probe`, PROBE]));
}

function runningOf(name: string, state: unknown): Instance {
  const instance = instanceOf(name, name, state, INSTANCE);
  return (state as Words).specChanged ? { ...instance, image: 'image before' } : instance;
}

function withResultsOf(results: Results, [name, state]: readonly [string, unknown]): Results {
  const given = wordsOf(name, state, INSTANCE);
  return CACHED.reduce((sofar: Results, type: ProbeType) => {
    if (given[type] === undefined) return sofar;
    const cached = oneOf(`${name}.${type}`, given[type], ['success', 'failure', 'unknown']);
    return withResult(sofar, `${name}-id`, type, PUBLISHED[cached]);
  }, results);
}
