import { expect, test } from '@jest/globals';
import { liveOnStderr } from '../../../../src/report/summary/liveOnStderr';
import { LiveSummary } from '../../../../src/report/summary/liveSummary';
import { podOf } from '../../matchers/replay';
import { acted, failed, killed, published, ready, recorded, running, skipped, started } from '../../timeline/events';

function story() {
  const lines: string[] = [];
  return { lines, live: new LiveSummary((line, tone) => lines.push(tone === 'warning' ? `${line} !` : line)) };
}

test('prints a pod like kubectl get pod -w, with its events', () => {
  const { lines, live } = story();
  const tell = live.follow(podOf({}));
  tell([
    acted(0, 'run'),
    recorded(0, 'Scheduled', 'Successfully assigned default/shop to node', { from: 'default-scheduler' }),
  ]);
  tell([started(1.2), published(1.4, { phase: 'Running', containerStatuses: [running()] })]);
  tell([ready(5), acted(9, 'exec', 'rm /tmp/healthy'), ...failed(12, 'liveness', 3, '\u001b[31mgone\u001b[0m')]);
  tell([...killed(12, 'liveness'), skipped(30, 17_600)]);
  expect(lines).toEqual([
    '# +0.0s the test: run (pod/shop)',
    'AT        TYPE      REASON      OBJECT     MESSAGE',
    '+0.0s     Normal    Scheduled   pod/shop   Successfully assigned default/shop to node',
    '+1.2s     Normal    Started     pod/shop   Container started',
    'NAME   READY   STATUS              RESTARTS      AGE',
    'shop   0/1     Running             0             1s',
    'shop   1/1     Running             0             5s',
    '# +9.0s the test: exec in web: rm /tmp/healthy (pod/shop)',
    '+12.0s    Warning   Unhealthy   pod/shop   Liveness probe failed: gone !',
    '+12.0s    Normal    Killing     pod/shop   Container web failed liveness probe, will be restarted',
    '# +30.0s skipped 18s (pod/shop)',
  ]);
});

test('distinguishes several pods of one manifest', () => {
  const { lines, live } = story();
  const [one, two] = [live.follow(podOf({})), live.follow(podOf({}))];
  one([ready(1)]);
  two([ready(2), started(2)]);
  expect(lines).toEqual([
    'NAME   READY   STATUS              RESTARTS      AGE',
    'shop   1/1     Running             0             1s',
    'shop#2   1/1     Running             0             2s',
    'AT        TYPE      REASON      OBJECT       MESSAGE',
    '+2.0s     Normal    Started     pod/shop#2   Container started',
  ]);
});

test('prints nothing by default', () => {
  expect(liveOnStderr({})).toBeUndefined();
  expect(liveOnStderr({ JEST_KUBELET_LOG: 'events' })).toBeInstanceOf(LiveSummary);
});
