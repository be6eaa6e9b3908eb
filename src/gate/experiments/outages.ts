import { isFailing, unobservedProbes } from '../../assertions/events/attempts';
import type { Instant } from '../../clock/instant';
import { CALM_AFTER_MS } from '../../timing/watches';
import type { Hanging } from '../../wording/gate/hanging';
import type { ExperimentName } from '../../wording/gate/progress/experiments';
import type { CheckMessage } from '../../wording/gate/results/checkMessage';
import type { ActionStep, Experiment, ExperimentFile } from '../model/experiment';
import type { FaultDefinition } from '../model/fault';
import { pathOf, runningContainers, type Subject } from '../model/subject';
import type { Evidence, TargetResult } from '../model/targetResult';
import { withClients } from './steps/clientsInOutage';
import { restartDetected } from './steps/detected';

const CUT: FaultDefinition = { fault: 'serviceCut', expected: 'notRestarted' };

/** Freezes another container or a dependency. No container may restart, because a restart does not help. */
export const outages: ExperimentFile = {
  experimentsFor: (subject) => [
    ...neighborsHang(subject),
    ...subject.services.map((one) => serviceHangs(subject, one)),
  ],
  gapsOf: ({ services }) =>
    services.length > 0 ? [] : [{ check: 'probe-independence', gap: { kind: 'unnamedServices' } }],
};

/** Disconnects a dependency. */
export const serviceCut: ExperimentFile = {
  experimentsFor: (subject) =>
    subject.services.length > 0
      ? subject.services.map((service) => cut(subject, service))
      : [{ ...cut(subject, ''), notApplicable: { kind: 'noService' } }],
  fault: CUT,
};

function cut(subject: Subject, service: string): Experiment {
  return {
    name: { kind: 'serviceCut', service },
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
  readonly name: ExperimentName;
  readonly hanging: Hanging;
  /** The containers that must not be restarted. */
  readonly others: readonly string[];
  readonly begin: ActionStep;
  readonly end: ActionStep;
}

/** Returns experiments that freeze one container without its liveness probe, which would end the fault too early. */
function neighborsHang(subject: Subject): readonly Experiment[] {
  const names = runningContainers(subject).map(({ name }) => name);
  if (names.length < 2) return [];
  return names.map((name) => ({
    ...outage(subject, {
      name: { kind: 'neighborHangs', container: name },
      hanging: { kind: 'container', container: name },
      others: names.filter((other) => other !== name),
      begin: { do: 'freeze', container: name },
      end: { do: 'thaw', container: name },
    }),
    change: { kind: 'withoutLiveness', container: name },
  }));
}

function serviceHangs(subject: Subject, service: string): Experiment {
  const hang = outage(subject, {
    name: { kind: 'serviceHangs', service },
    hanging: { kind: 'service', service },
    others: runningContainers(subject).map(({ name }) => name),
    begin: { do: 'freezeService', service },
    end: { do: 'thawService', service },
  });
  return { ...hang, isExclusive: true, steps: withClients(subject, service, hang.steps) };
}

function outage(subject: Subject, { name, hanging, others, begin, end }: OutageTarget): Experiment {
  return {
    name,
    calmAfterMs: CALM_AFTER_MS,
    steps: [
      { do: 'start' },
      { do: 'waitUntilReady' },
      begin,
      {
        check: 'probe-independence',
        about: { kind: 'outage', hanging: hanging.kind === 'service' ? hanging.service : hanging.container },
        assertion: { kind: 'stoodBy', containers: others },
        window: { kind: 'notRestarted', containers: others },
        counts: 'action',
        waitingFor: { kind: 'keptRunning', others, hanging },
        // A probe that has begun to fail may keep failing.
        again: ({ timeline }) => isFailing(timeline, others, ['liveness']),
        toResult: (evidence, { from }) => toResult(subject, { hanging, others, from }, evidence),
      },
      { finally: end },
    ],
  };
}

interface WatchedContainers {
  readonly hanging: Hanging;
  readonly others: readonly string[];
  readonly from: Instant;
}

function toResult(subject: Subject, { hanging, others, from }: WatchedContainers, evidence: Evidence): TargetResult {
  const check = 'probe-independence';
  const { outcome, event, received } = evidence.result;
  if (outcome !== 'failed' || !event || !('container' in event) || event.container === undefined) {
    const observed = { containers: others, probes: ['liveness'], from } as const;
    const [unobserved] = unobservedProbes(evidence.timeline, evidence.pod.spec, observed);
    if (unobserved) {
      const message = { kind: 'outageNotObserved', hanging, unobserved } as const;
      return { check, container: unobserved.container, outcome: 'notRun', message };
    }
    return { check, outcome: 'passed', message: { kind: 'notRestartedInOutage', hanging, others } };
  }
  const { container } = event;
  const byProbe = event.kind === 'Killing';
  const message: CheckMessage = byProbe
    ? { kind: 'restartedInOutage', hanging, container }
    : { kind: 'exitsInOutage', hanging, container, received };
  const field = `${pathOf(subject, container)}${byProbe ? '.livenessProbe' : ''}`;
  const cause = byProbe ? 'liveness-on-dependency' : 'exits-on-dependency';
  return { check, container, outcome: 'failed', cause, message, saysReceived: !byProbe, record: evidence, field };
}
