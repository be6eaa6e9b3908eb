import { printable } from '../../../escaping/terminal';
import type { Endpoint } from '../../../timeline/history/endpoints';
import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import type { Dot, Flag, Lane, Look, StatusRow } from '../chart';
import { closeBars } from './bars';
import type { Tips } from './tips';

const TROUBLE = /BackOff|Error|Err|Fail|OOM|Unknown|ExitCode|Signal|Invalid/;

/** Returns the STATUS column of `kubectl get pod` over time. */
export function statusLane(rows: readonly StatusRow[], end: number): Lane {
  const states = rows
    .filter(({ status }, index) => status !== rows[index - 1]?.status)
    .map(({ at, status }) => ({
      from: at,
      look: getLook(status),
      label: status,
      tip: `STATUS ${status} in kubectl get pod`,
    }));
  return { title: 'STATUS', kind: 'status', bars: closeBars(states, end), dots: [], flags: [] };
}

function getLook(status: string): Look {
  if (TROUBLE.test(status)) return 'bad';
  if (status === 'Running') return 'calm';
  return status === 'Terminating' || status === 'NotReady' ? 'warn' : 'wait';
}

/** Returns the lane that shows when the pod is in the endpoints of its Services. */
export function endpointLane(timeline: Timeline): Lane {
  const changes = historyOf(timeline).endpointChanges.map(({ event, endpoint }) => ({
    from: event.at,
    ...describeEndpoint(endpoint),
  }));
  const states = [{ from: 0, ...describeEndpoint(undefined) }, ...changes];
  const removed = historyOf(timeline).removed?.at ?? timeline.now;
  return { title: 'endpoints', kind: 'endpoint', bars: closeBars(states, removed), dots: [], flags: [] };
}

function describeEndpoint(endpoint: Endpoint | undefined): { look: Look; label: string; tip: string } {
  if (endpoint?.ready) {
    return { look: 'good', label: 'in Service endpoints', tip: 'in Service endpoints: receives new connections' };
  }
  if (endpoint?.terminating && endpoint.serving) {
    return {
      look: 'warn',
      label: 'terminating, still serving',
      tip: 'not in the ready Service endpoints because the pod is terminating. It still serves',
    };
  }
  return { look: 'wait', label: 'not in Service endpoints', tip: 'not in Service endpoints: no new connections' };
}

/** Returns the lane of the test's actions, if there were any. */
export function actionLane(timeline: Timeline): readonly Lane[] {
  const actions = historyOf(timeline).acts.filter(({ action }) => action !== 'run');
  const flags = actions.map(({ at, action, container, service, detail }): Flag => {
    const target = container ?? service;
    const tip = printable(
      [[action, target && `in ${target}`].filter(Boolean).join(' '), detail].filter(Boolean).join(': '),
    );
    return { at, look: 'warn', label: action, tip: `test action: ${tip}` };
  });
  return flags.length === 0 ? [] : [{ title: 'test actions', kind: 'action', bars: [], dots: [], flags }];
}

/** Returns the lane of the requests that the test's client sent, if there were any. */
export function requestLane(timeline: Timeline, tips: Tips): readonly Lane[] {
  const requests = historyOf(timeline).requests;
  if (requests.length === 0) return [];
  const dots = requests.map(({ at, path, sentAt, status, failure }): Dot => {
    const text = `GET ${path}: ${failure === undefined ? (status ?? 'response received') : `dropped, ${failure}`}`;
    return [at, failure === undefined ? 'ok' : 'bad', tips.addText(text), at - sentAt];
  });
  const flags = historyOf(timeline).dropStreaks.flatMap((streak): readonly Flag[] => {
    const [first] = streak;
    if (!first) return [];
    const label = `${streak.length} dropped`;
    return [{ at: first.at, look: 'bad', label, tip: `${label}, first failure: ${printable(first.failure ?? '')}` }];
  });
  return [{ title: 'requests', kind: 'requests', bars: [], dots, flags }];
}
