import { printable } from '../../../escaping/terminal';
import type { Endpoint } from '../../../timeline/history/endpoints';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import type { Dot, Flag, Lane, Look, StatusRow } from '../chart';
import { barsOf } from './bars';
import type { Tips } from './tips';

const TROUBLE = /BackOff|Error|Err|Fail|OOM|Unknown|ExitCode|Signal|Invalid/;

/** The STATUS column of `kubectl get pod` over time. */
export function statusLane(rows: readonly StatusRow[], end: number): Lane {
  const begun = rows
    .filter(({ status }, index) => status !== rows[index - 1]?.status)
    .map(({ at, status }) => ({
      from: at,
      look: lookOf(status),
      label: status,
      tip: `kubectl shows STATUS ${status}`,
    }));
  return { title: 'STATUS', kind: 'status', bars: barsOf(begun, end), dots: [], flags: [] };
}

function lookOf(status: string): Look {
  if (TROUBLE.test(status)) return 'bad';
  if (status === 'Running') return 'calm';
  return status === 'Terminating' || status === 'NotReady' ? 'warn' : 'wait';
}

/** When the pod takes traffic. */
export function endpointLane(timeline: Timeline): Lane {
  const changes = historyOf(timeline).endpointChanges.map(({ event, endpoint }) => ({
    from: event.at,
    ...membership(endpoint),
  }));
  const begun = [{ from: 0, ...membership(undefined) }, ...changes];
  const removed = historyOf(timeline).removed?.at ?? timeline.now;
  return { title: 'endpoints', kind: 'endpoint', bars: barsOf(begun, removed), dots: [], flags: [] };
}

function membership(endpoint: Endpoint | undefined): { look: Look; label: string; tip: string } {
  if (endpoint?.ready) return { look: 'good', label: 'takes traffic', tip: 'Ready, in the endpoints: takes traffic' };
  if (endpoint?.terminating && endpoint.serving) {
    return {
      look: 'warn',
      label: 'leaving',
      tip: 'out of the ready endpoints, for it is being deleted; it still serves',
    };
  }
  return { look: 'wait', label: 'no traffic', tip: 'not in the endpoints: no new connections' };
}

/** What the test did to the pod. */
export function actLane(timeline: Timeline): readonly Lane[] {
  const acts = historyOf(timeline).acts.filter(({ action }) => action !== 'run');
  const flags = acts.map(({ at, action, container, service, detail }): Flag => {
    const where = container ?? service;
    const tip = printable(
      [[action, where && `in ${where}`].filter(Boolean).join(' '), detail].filter(Boolean).join(': '),
    );
    return { at, look: 'warn', label: action, tip: `the test: ${tip}` };
  });
  return flags.length === 0 ? [] : [{ title: 'the test', kind: 'act', bars: [], dots: [], flags }];
}

/** Every request of the test's own client. */
export function requestLane(timeline: Timeline, tips: Tips): readonly Lane[] {
  const requests = historyOf(timeline).requests;
  if (requests.length === 0) return [];
  const dots = requests.map(({ at, path, sentAt, status, failure }): Dot => {
    const text = `GET ${path}: ${failure === undefined ? (status ?? 'answered') : `dropped, ${failure}`}`;
    return [at, failure === undefined ? 'ok' : 'bad', tips.placeOf(text), at - sentAt];
  });
  const flags = historyOf(timeline).dropStreaks.flatMap((streak): readonly Flag[] => {
    const [first] = streak;
    if (!first) return [];
    const label = `${streak.length} dropped`;
    return [{ at: first.at, look: 'bad', label, tip: `${label}, the first: ${printable(first.failure ?? '')}` }];
  });
  return [{ title: 'requests', kind: 'requests', bars: [], dots, flags }];
}
