import pluralize from 'pluralize';
import { printable } from '../../../escaping/terminal';
import { isReady } from '../../../timeline/condition';
import type { EventOf } from '../../../timeline/event';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import { formatSeconds } from '../../../wording/durations';
import { formatProbeOutput } from '../../../wording/probeOutput';
import { exitHeadlines } from './exitHeadlines';
import { type Headline, isAfterFault, listFaults } from './headline';
import { restartHeadlines } from './restartHeadlines';

const FAULTS_MAX = 5;

/** Returns the most important facts about a pod, in the order of their instants. */
export function summarizePod(timeline: Timeline, broken: string | undefined): readonly Headline[] {
  const headlines = [
    ...faultHeadlines(timeline),
    readinessHeadline(timeline),
    ...restartHeadlines(timeline),
    ...exitHeadlines(timeline),
    ...requestHeadline(timeline),
  ];
  const inOrder = headlines.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return broken === undefined
    ? inOrder
    : [{ tone: 'bad', text: `The run was aborted: ${printable(broken)}` }, ...inOrder];
}

function faultHeadlines(timeline: Timeline): readonly Headline[] {
  return listFaults(timeline)
    .slice(0, FAULTS_MAX)
    .map(({ at, action, container, service, detail }): Headline => {
      const fault = [action, container ?? service, detail && `(${printable(detail)})`].filter(Boolean).join(' ');
      return { tone: 'plain', text: `Test action: ${fault}`, at };
    });
}

function readinessHeadline(timeline: Timeline): Headline {
  const first = historyOf(timeline).published.find(({ status }) => isReady(status));
  if (first) return { tone: 'good', text: `Pod became Ready after ${formatSeconds(first.at)}`, at: first.at };
  const obstacle = findWaiting(timeline) ?? findFailingProbe(timeline) ?? findWarning(timeline);
  if (!obstacle) return { tone: 'bad', text: 'Pod did not become Ready' };
  const { reason, fix } = obstacle;
  return { tone: 'bad', text: `Pod did not become Ready: ${reason}`, fix };
}

interface UnreadyReason {
  readonly reason: string;
  readonly fix?: string;
}

/** Reasons of a container that waits as in any start. */
const NORMAL_WAITS = ['ContainerCreating', 'PodInitializing'];

/** Fixes by the reason of a waiting container. */
const WAIT_FIXES: Readonly<Record<string, string>> = {
  ErrImagePull: 'Correct the image name, or give the node access to the registry.',
  ImagePullBackOff: 'Correct the image name, or give the node access to the registry.',
  ErrImageNeverPull: 'Load the image onto the node, or change imagePullPolicy.',
  InvalidImageName: 'Correct the image name.',
  CreateContainerConfigError: 'Create the missing object, or correct its name in the manifest.',
  CrashLoopBackOff: 'Find the error in the container logs before the last exit.',
};

function findWaiting(timeline: Timeline): UnreadyReason | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = timeline.status ?? {};
  for (const { name, state } of [...initContainerStatuses, ...containerStatuses]) {
    const { reason, message } = state.waiting ?? {};
    if (!reason || NORMAL_WAITS.includes(reason)) continue;
    const details = message ? ` (${printable(message)})` : '';
    const fix = WAIT_FIXES[reason];
    return { reason: `${name} is Waiting, reason ${reason}${details}`, ...(fix && { fix }) };
  }
  return undefined;
}

function findFailingProbe(timeline: Timeline): UnreadyReason | undefined {
  const last = historyOf(timeline).attempts.findLast(({ probe }) => probe !== 'liveness');
  if (!last || last.result === 'Success' || last.result === 'Warning') return undefined;
  const { probe, container } = last;
  const verb = last.result === 'Failure' ? 'fails' : 'cannot run';
  return {
    reason: `the ${probe} probe of ${container} ${verb} (${printable(formatProbeOutput(last))})`,
    fix: `Make the check succeed, or correct the ${probe}Probe of ${container}.`,
  };
}

function findWarning(timeline: Timeline): UnreadyReason | undefined {
  const last = historyOf(timeline).kubeletEvents.findLast(({ type }) => type === 'Warning');
  if (!last) return undefined;
  return { reason: `the last warning is ${last.kind} (${printable(last.message)})` };
}

function requestHeadline(timeline: Timeline): readonly Headline[] {
  const { requests } = historyOf(timeline);
  if (requests.length === 0) return [];
  const dropped = requests.filter(({ failure }) => failure !== undefined);
  const [first] = dropped;
  if (!first) {
    const sent = pluralize('request', requests.length, true);
    return [{ tone: 'good', text: `No requests dropped (${sent} sent)`, at: timeline.now }];
  }
  const text = `${dropped.length} of ${pluralize('request', requests.length, true)} dropped: ${printable(first.failure ?? '')}`;
  return [{ tone: 'bad', text, fix: fixDrop(first, timeline), at: first.at }];
}

function fixDrop({ at }: EventOf<'RequestFinished'>, timeline: Timeline): string | undefined {
  const [deleted] = historyOf(timeline).deletions;
  if (isAfterFault(timeline, at) || !deleted || deleted.at > at) return undefined;
  return 'Keep serving after SIGTERM while clients still send requests: add a preStop sleep, or delay the shutdown in your SIGTERM handler.';
}
