import { describe, expect, test } from '@jest/globals';
import { podRecord } from '../../../../src/report/record/podRecord';
import type { OutputLine } from '../../../../src/timeline/output';
import { web as container, podOf } from '../../matchers/replay';
import { type Life, markedForDeletion, ready, removed, s, started, timelineOf, withIP } from '../../timeline/events';

const KNOWN = { kind: 'run', manifest: `sha256:${'0'.repeat(64)}` } as const;

function recordOf(
  life: Life,
  more: { spec?: object; broken?: Error; output?: readonly OutputLine[]; known?: object } = {},
) {
  const timeline = timelineOf(...life);
  timeline.write(more.output ?? []);
  return podRecord({ pod: podOf(more.spec ?? {}), timeline, broken: more.broken }, { ...KNOWN, ...more.known });
}

describe('podRecord', () => {
  test('contains the identity of the pod and the given details', () => {
    const known = { test: 'a shop opens', file: '/specs/shop.spec.ts' };
    expect(recordOf([], { known })).toMatchObject({ name: 'shop', namespace: 'default', ...KNOWN, ...known });
    expect(Object.keys(recordOf([]))).not.toEqual(expect.arrayContaining(['test']));
  });

  test('contains the last status and the time of the clock', () => {
    const record = recordOf([started(1), ready(4, false), ready(9)]);
    expect(record.status?.conditions.find(({ type }) => type === 'Ready')?.status).toBe('True');
    expect(record.until).toBe(s(9));
    expect(record.events).toHaveLength(3);
    expect(recordOf([started(1)])).not.toHaveProperty('status');
  });

  test('contains why the run was aborted', () => {
    expect(recordOf([], { broken: new Error('container engine: connection lost') }).broken).toBe(
      'container engine: connection lost',
    );
    expect(recordOf([])).not.toHaveProperty('broken');
  });

  test('contains the output with masked Secrets', () => {
    const line = { at: s(2), container: 'web', attempt: 0, stream: 'stdout', text: 'login ***' } as const;
    const record = recordOf([], { output: [{ ...line, written: 'login hunter2' }] });
    expect(record.output).toEqual([line]);
    expect(JSON.stringify(record)).not.toContain('hunter2');
    expect(record.output[0]).not.toHaveProperty('written');
  });

  test('lists the containers with their kinds, init containers first', () => {
    const initContainers = [
      { ...container(), name: 'mesh', restartPolicy: 'Always' },
      { ...container(), name: 'migrate' },
    ];
    expect(recordOf([], { spec: { initContainers } }).containers).toEqual([
      { name: 'mesh', kind: 'sidecar' },
      { name: 'migrate', kind: 'init' },
      { name: 'web', kind: 'main' },
    ]);
  });

  test('contains the rows of kubectl get pod up to the removal', () => {
    const { rows } = recordOf([ready(4, false), ready(9), ready(10), markedForDeletion(20), removed(30)]);
    expect(rows.map(({ at, ready, status }) => [at, ready, status])).toEqual([
      [s(4), '0/1', 'Running'],
      [s(9), '1/1', 'Running'],
      [s(20), '1/1', 'Terminating'],
    ]);
  });

  test('contains each endpoint change, or only an instant without an endpoint', () => {
    const { endpoints } = recordOf([withIP(ready(4, false)), withIP(ready(9)), markedForDeletion(20), removed(30)]);
    expect(endpoints).toEqual([
      { at: s(4), ready: false, serving: false, terminating: false },
      { at: s(9), ready: true, serving: true, terminating: false },
      { at: s(20), ready: false, serving: true, terminating: true },
      { at: s(30) },
    ]);
  });

  test('survives JSON unchanged', () => {
    const record = recordOf([started(1), withIP(ready(4))], { known: { test: 'a shop opens' } });
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });
});
