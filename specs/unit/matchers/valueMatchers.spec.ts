import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from './messageOf';
import { answering, HEALTHZ, simulated } from './simulated';

const pod = simulated({ livenessProbe: HEALTHZ }, { web: answering(['0s', 200], ['15s', 503]) });
pod.advance('45s');

test('matches an event by its reason or fields', () => {
  expect(pod.events).toContainEqual(expect.podEvent('Killing'));
  expect(pod.events).toContainEqual(expect.podEvent({ reason: 'Unhealthy', message: /503/, container: 'web' }));
  expect(pod.events).not.toContainEqual(expect.podEvent('BackOff'));
  expect(pod.events.at(-1)).toEqual(expect.not.podEvent('Killing'));
  expect(pod.timeline.of('SignalSent')).not.toContainEqual(expect.podEvent('Killing'));
});

test('matches a container that terminated with the exit code', () => {
  expect(pod.timeline.of('ContainerExited')).toEqual([expect.exitCode(143)]);
  expect(pod.status.containerStatuses).toEqual([expect.exitCode(143)]);
  expect(pod.status.containerStatuses[0]?.lastState.terminated).toEqual(expect.exitCode(143));
  expect(pod.status).toMatchObject({ containerStatuses: [expect.not.exitCode(0)] });
  expect(undefined).toEqual(expect.not.exitCode(0));
});

test('throws on invalid arguments, also under .not', () => {
  expect(() => expect(pod.events).not.toContainEqual(expect.podEvent('Kiling' as 'Killing'))).toThrow(
    /^expect\.podEvent\(\): event must be one of .*, received 'Kiling'$/,
  );
  expect(() => expect(pod.timeline.of('ContainerExited')).toEqual([expect.not.exitCode(1000)])).toThrow(
    'expect.exitCode(): code must be an exit code from 0 to 255, received 1000',
  );
});

test('prints like other asymmetric matchers in a failure', async () => {
  const [exit] = pod.timeline.of('ContainerExited');
  expect(await messageOf(() => expect({ code: exit }).toEqual({ code: expect.exitCode(137) }))).toContain(
    '-   "code": exitCode<137>,',
  );
});

test.each(['toRestart', 'toStayReady', 'toSurviveOutageOf'])(
  'throws if %s is used as a value, because it waits',
  (name) => {
    const forms = expect as unknown as Record<string, () => unknown> & { not: Record<string, () => unknown> };
    const message = `expect.${name}() is asynchronous, so it cannot be an asymmetric matcher. Use await expect(pod).${name}()`;
    expect(() => expect({ pod }).toEqual({ pod: forms[name]?.() })).toThrow(message);
    expect(() => expect({ pod }).toEqual({ pod: forms.not[name]?.() })).toThrow(message);
  },
);
