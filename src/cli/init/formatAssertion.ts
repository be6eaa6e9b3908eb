import { clientsOf } from '../../gate/model/clients';
import type { Assertion } from '../../gate/model/experiment';
import { runningContainers, type Subject } from '../../gate/model/subject';
import { isSidecar } from '../../manifest/model';
import { formatWholeSeconds, type Lines } from './specBlocks';
import { quote } from './specText';

/** Subject of a printed assertion, and how long it waits or watches. */
interface PrintOptions {
  readonly ms: number;
  readonly on: 'pod' | 'gone';
}

/** Returns an assertion as a matcher call, or as several. */
export function formatAssertion(subject: Subject, assertion: Assertion, { ms, on }: PrintOptions): Lines {
  const { spec } = subject.pod;
  const awaitMatcher = (call: string): Lines => [`await expect(${on}).${call};`];
  switch (assertion.kind) {
    case 'startup':
    case 'recovered':
      return awaitMatcher('toBecomeReady()');
    case 'steadyState':
      return awaitMatcher(`toStayReady({ for: ${formatWholeSeconds(ms)} })`);
    // It only ends a wait of the gate, so it has no matcher.
    case 'recoveredByItself':
      return [];
    case 'initialized':
      return formatInitOrder(subject);
    case 'running':
      return awaitMatcher(`toEmitEvent({ reason: 'Started', container: ${quote(assertion.container)} })`);
    case 'keptDuringStartup':
      return formatSlowStart(subject, assertion.container, ms);
    case 'restarted': {
      const { container, because } = assertion;
      const which = [
        ...(container === undefined ? [] : [`container: ${quote(container)}`]),
        ...(because === undefined ? [] : [`because: ${quote(because)}`]),
      ];
      return awaitMatcher(`toRestart({ ${[...which, `within: ${formatWholeSeconds(ms)}`].join(', ')} })`);
    }
    case 'restartsAtMost':
      return runningContainers(subject).map(({ name }) => formatRestartCount(name));
    case 'stoodBy': {
      const [first = '', ...rest] = assertion.containers;
      return [watchRestarts(first, ms), ...rest.map(formatRestartCount)];
    }
    case 'leftByReadiness':
      return awaitMatcher(`toLeaveEndpoints({ within: ${formatWholeSeconds(ms)} })`);
    case 'phase':
      return awaitMatcher(`toReachPhase(${quote(assertion.phase)})`);
    case 'ranHook': {
      const { hook, container = spec.containers[0]?.name ?? '' } = assertion;
      return awaitMatcher(`toRunHook(${quote(hook)}, { container: ${quote(container)}, since: 'start' })`);
    }
    case 'stoppedInGrace':
      return awaitMatcher('toTerminateGracefully()');
    case 'dropsNoRequests':
      return clientsOf(subject).some(({ targets: [first] }) => first.isReadiness)
        ? NO_RESPONSE
        : awaitMatcher('toDropNoRequests()');
  }
}

/** True for an assertion that waits, so that later steps build on it. */
export function isAwaited({ kind }: Assertion): boolean {
  return AWAITED.includes(kind);
}

const AWAITED: readonly Assertion['kind'][] = [
  'startup',
  'running',
  'restarted',
  'recovered',
  'leftByReadiness',
  'phase',
];

const NO_RESPONSE: Lines = [
  '// The clients request the readiness path, so an error status during shutdown is correct. A missing response is not.',
  "const unanswered = gone.timeline.of('RequestFinished').filter(({ status }) => status === undefined);",
  'expect(unanswered).toEqual([]);',
];

function formatInitOrder({ pod: { spec } }: Subject): Lines {
  const plain = spec.initContainers.filter((container) => !isSidecar(container));
  return [
    'expect(pod).toHaveEventsInOrder([',
    ...[...plain, ...spec.containers.slice(0, 1)].map(
      ({ name }) => `  { reason: 'Started', container: ${quote(name)} },`,
    ),
    ']);',
    ...plain.map(
      ({ name }) => `expect(pod).toHaveContainerState({ container: ${quote(name)}, terminated: { exitCode: 0 } });`,
    ),
  ];
}

function formatSlowStart({ pod: { spec } }: Subject, name: string, ms: number): Lines {
  const isInit = spec.initContainers.some((each) => each.name === name);
  const statuses = `pod.status.${isInit ? 'initContainerStatuses' : 'containerStatuses'}`;
  return [
    `if (${statuses}?.some((one) => one.name === ${quote(name)} && one.started)) {`,
    `  console.warn(${quote(`${name} started before it could be slowed down, so this test checks nothing`)});`,
    '  return;',
    '}',
    watchRestarts(name, ms),
  ];
}

function watchRestarts(name: string, ms: number): string {
  return `await expect(pod).toRestartAtMost(0, { container: ${quote(name)}, for: ${formatWholeSeconds(ms)} });`;
}

function formatRestartCount(name: string): string {
  return `expect(pod).toHaveRestartCount(0, { container: ${quote(name)} });`;
}
