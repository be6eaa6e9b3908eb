import { CREATED, type Instant } from '../../../../src/clock/instant';
import type { Instance, RuntimeState, Sandbox } from '../../../../src/kubelet/state/runtimeState';
import type { SyncedPod } from '../../../../src/kubelet/state/syncedPod';
import type { Container, PodSpec, RestartPolicy } from '../../../../src/manifest/model';
import type { ContainerState, ContainerStatus } from '../../../../src/timeline/podStatus';
import { containerOf } from './handlers';
import { listOf, oneOf, type Words, wordsOf } from './words';

// The parts of a pod that a unit case gives for its subject.

export const POD_IP = '10.0.0.1';
const SANDBOX_ID = 'sandbox';

const CONTAINER = ['name', 'restartPolicy', 'restartPolicyRules'];

/** Containers by name alone, or with what matters of their restart policy. */
function containersOf(where: string, value: unknown): readonly Container[] {
  return listOf(where, value ?? []).map((given) => {
    if (typeof given === 'string') return containerOf({ name: given });
    return containerOf(wordsOf(`${where}[]`, given, CONTAINER) as Partial<Container>);
  });
}

export function restartPolicyOf(value: unknown): RestartPolicy {
  return value === undefined ? 'Always' : oneOf('restartPolicy', value, ['Always', 'OnFailure', 'Never']);
}

export function specOf({ containers, initContainers, restartPolicy }: Words): PodSpec {
  return {
    restartPolicy: restartPolicyOf(restartPolicy),
    containers: containersOf('containers', containers),
    initContainers: containersOf('initContainers', initContainers),
  };
}

export function podOf(spec: PodSpec, { deleted = false }: { readonly deleted?: boolean } = {}): SyncedPod {
  return {
    metadata: { name: 'pod', namespace: 'ns', uid: 'uid' },
    spec,
    foreignConditions: {},
    ...(deleted ? { deletion: { deletionTimestamp: CREATED, deletionGracePeriodSeconds: 30 } } : {}),
  };
}

/**
 * Returns the statuses by container name. Unlisted containers are unknown, and without a list the result is undefined.
 */
export function statusesOf(where: string, value: unknown): ContainerStatus[] {
  return Object.entries((value ?? {}) as Words).map(([name, given]) => statusOf(`${where}.${name}`, name, given));
}

const STATUS = ['state', 'exitCode', 'reason', 'message', 'lastTermination', 'ready', 'restartCount', 'started'];
const ENDED = ['exitCode', 'reason', 'message'];

function statusOf(where: string, name: string, value: unknown): ContainerStatus {
  const given = wordsOf(where, value, STATUS);
  const ended = wordsOf(`${where}.lastTermination`, given.lastTermination ?? {}, ENDED);
  return {
    name,
    image: 'image',
    containerID: `${name}-id`,
    restartCount: Number(given.restartCount ?? 0),
    ready: given.ready === true,
    ...(given.started === undefined ? {} : { started: given.started === true }),
    state: given.state === undefined ? {} : stateOf(where, given.state, given),
    lastState: given.lastTermination === undefined ? {} : stateOf(where, 'terminated', ended),
  };
}

export function stateOf(where: string, state: unknown, { exitCode, reason, message }: Words): ContainerState {
  const why = { ...textWord('reason', reason), ...textWord('message', message) };
  switch (oneOf(`${where}.state`, state, ['waiting', 'running', 'terminated'])) {
    case 'waiting':
      return { waiting: why };
    case 'running':
      return { running: { startedAt: CREATED } };
    case 'terminated':
      return { terminated: { exitCode: Number(exitCode ?? 0), ...why } };
  }
}

function textWord<Word extends string>(word: Word, value: unknown): { readonly [word in Word]?: string } {
  return (value === undefined ? {} : { [word]: String(value) }) as { readonly [word in Word]?: string };
}

/** Returns a sandbox from `{state, attempt, ip}`, or undefined from null. */
export function sandboxOf(value: unknown): Sandbox | undefined {
  if (value === null || value === undefined) return undefined;
  const { state, attempt, ip } = wordsOf('sandbox', value, ['state', 'attempt', 'ip']);
  const ready = oneOf('sandbox.state', state, ['ready', 'notReady', 'notready']) === 'ready';
  return { id: SANDBOX_ID, attempt: Number(attempt ?? 0), ready, podIP: String(ip ?? POD_IP) };
}

const INSTANCE = ['state', 'exitCode', 'reason', 'message', 'restartCount'];

/** Returns an instance of a container as the runtime reports it. */
export function instanceOf(where: string, name: string, value: unknown, known = INSTANCE): Instance {
  const { state, exitCode, reason, message, restartCount } = wordsOf(where, value, known);
  const is = oneOf(`${where}.state`, state, ['created', 'running', 'exited', 'unknown']);
  return {
    id: `${name}-id`,
    name,
    image: 'image',
    restartCount: Number(restartCount ?? 0),
    sandboxId: SANDBOX_ID,
    state: is,
    ...textWord('reason', reason),
    ...textWord('message', message),
    ...(is === 'created' ? {} : { startedAt: CREATED }),
    ...(is === 'exited' ? { exitCode: Number(exitCode ?? 0), finishedAt: CREATED as Instant } : {}),
  };
}

/** Returns the state of the runtime by container name. */
export function runtimeOf(value: unknown, sandbox?: Sandbox): RuntimeState {
  const given = Object.entries((value ?? {}) as Words);
  const instances = given.map(([name, one]) => instanceOf(`runtime.${name}`, name, one));
  return { instances, created: {}, ...(sandbox ? { sandbox } : {}) };
}
