import { isFailing, unobservedProbes } from '../../assertions/events/attempts';
import type { Instant } from '../../clock/instant';
import { CALM_AFTER_MS } from '../../timing/watches';
import { attemptsText } from '../../wording/attempts';
import { formatReceived } from '../../wording/facts/received';
import type { ActionStep, Experiment, ExperimentFile } from '../model/experiment';
import type { FaultDefinition } from '../model/fault';
import { pathOf, runningContainers, type Subject } from '../model/subject';
import type { Evidence, TargetResult } from '../model/targetResult';
import { withClients } from './steps/clientsInOutage';
import { restartDetected } from './steps/detected';

const CUT: FaultDefinition = {
  fault: 'service cut',
  how: 'a service given with `--service` is cut off',
  right: 'nothing is restarted; the pod may be unready',
  expected: 'notRestarted',
};

/** Freezes a neighbour, or a service. No other container may be restarted, because a restart does not help. */
export const outages: ExperimentFile = {
  experimentsFor: (subject) => [
    ...neighboursHang(subject),
    ...subject.services.map((one) => serviceHangs(subject, one)),
  ],
  gapsOf: ({ services }) =>
    services.length > 0
      ? []
      : [{ check: 'probe-independence', what: 'outages of services', why: 'no --service names what the pod uses' }],
  reasons: { 'probe-independence': 'it is one container, and no service was given that it talks to' },
};

/** Cuts the connections to a service. */
export const serviceCut: ExperimentFile = {
  experimentsFor: (subject) =>
    subject.services.length > 0
      ? subject.services.map((service) => cut(subject, service))
      : [{ ...cut(subject, ''), notApplicable: 'no service was given that the pod talks to' }],
  fault: CUT,
};

function cut(subject: Subject, service: string): Experiment {
  return {
    name: `the service ${service} cut off`,
    fault: { ...CUT, target: service },
    isExclusive: true,
    steps: [
      { do: 'start' },
      { do: 'waitUntilReady' },
      { do: 'cutService', service },
      restartDetected(subject),
      { finally: { do: 'joinService', service } },
    ],
  };
}

interface OutageTarget {
  /** `proxy`, `the service postgres` */
  readonly what: string;
  /** As the title of a printed test names it. */
  readonly name: string;
  /** The containers that must not be restarted. */
  readonly others: readonly string[];
  readonly begin: ActionStep;
  readonly end: ActionStep;
}

/** Its own liveness probe is left out, because it would end the fault before others detect it. */
function neighboursHang(subject: Subject): readonly Experiment[] {
  const names = runningContainers(subject).map(({ name }) => name);
  if (names.length < 2) return [];
  return names.map((name) => ({
    ...outage(subject, {
      what: name,
      name,
      others: names.filter((other) => other !== name),
      begin: { do: 'freeze', container: name },
      end: { do: 'thaw', container: name },
    }),
    change: { kind: 'withoutLiveness', container: name },
  }));
}

function serviceHangs(subject: Subject, service: string): Experiment {
  const hang = outage(subject, {
    what: `the service ${service}`,
    name: service,
    others: runningContainers(subject).map(({ name }) => name),
    begin: { do: 'freezeService', service },
    end: { do: 'thawService', service },
  });
  return { ...hang, isExclusive: true, steps: withClients(subject, service, hang.steps) };
}

function outage(subject: Subject, { what, name, others, begin, end }: OutageTarget): Experiment {
  return {
    name: `${what} hangs, others watched`,
    tried: `${what} frozen, others watched`,
    calmAfterMs: CALM_AFTER_MS,
    steps: [
      { do: 'start' },
      { do: 'waitUntilReady' },
      begin,
      {
        check: 'probe-independence',
        about: `while ${name} hangs`,
        assertion: { kind: 'stoodBy', containers: others },
        window: { kind: 'notRestarted', containers: others },
        counts: 'action',
        waitingFor: `${list(others)} to be left alone while ${what} hangs`,
        // A probe that has begun to fail may do so for good.
        again: ({ timeline }) => isFailing(timeline, others, ['liveness']),
        toResult: (evidence, { from }) => toResult(subject, { what, others, from }, evidence),
      },
      { finally: end },
    ],
  };
}

interface WatchedContainers {
  readonly what: string;
  readonly others: readonly string[];
  readonly from: Instant;
}

function toResult(subject: Subject, { what, others, from }: WatchedContainers, evidence: Evidence): TargetResult {
  const check = 'probe-independence';
  const { outcome, event, received } = evidence.result;
  if (outcome !== 'failed' || !event || !('container' in event) || event.container === undefined) {
    const observed = { containers: others, probes: ['liveness'], from } as const;
    const [unobserved] = unobservedProbes(evidence.timeline, evidence.pod.spec, observed);
    if (unobserved) {
      const sentence = `while ${what} hangs, ${attemptsText(unobserved)}`;
      return { check, container: unobserved.container, outcome: 'notRun', sentence };
    }
    const are = others.length === 1 ? 'is' : 'are';
    return { check, outcome: 'passed', sentence: `while ${what} hangs, ${list(others)} ${are} left alone` };
  }
  const { container } = event;
  const byProbe = event.kind === 'Killing';
  const sentence = byProbe
    ? `${container} would be restarted whenever ${what} hangs: its liveness probe asks for more than ${container} itself`
    : `${container} would go down whenever ${what} hangs: ${formatReceived(received)}`;
  const field = `${pathOf(subject, container)}${byProbe ? '.livenessProbe' : ''}`;
  const cause = byProbe ? 'liveness-on-dependency' : 'exits-on-dependency';
  return { check, container, outcome: 'failed', cause, sentence, saysReceived: !byProbe, record: evidence, field };
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
