import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import { Incident } from '../../../../../src/report/incident/incident';
import { web } from '../../../../docs/faq/web';
import { because, exited, failed, hooked, recorded, signalled, started, timelineOf } from '../../../timeline/events';
import { about, explain, READ, said } from './said';

test('explains a failed hook', () => {
  const hook = (handler: string) => web(`lifecycle: { postStart: ${handler} }`);
  expect(said(hook('{ httpGet: { path: /, port: 8080 } }'), {}, 'FailedPostStartHook')).toEqual([
    `The postStart hook runs in parallel with the main process of web, and its refused request killed web. Use an exec hook that retries until web responds. ${READ}/hooks.md#post-start-order`,
  ]);
  expect(said(hook('{ tcpSocket: { port: 8080 } }'), {}, 'FailedPostStartHook')).toEqual([
    `A postStart hook with tcpSocket passes validation but always fails. Use exec, httpGet or sleep. ${READ}/hooks.md#tcp-hook`,
  ]);
  expect(
    said(hook('{ exec: { command: [warm] } }'), { web: [{ at: '0s', exec: { warm: 1 } }] }, 'FailedPostStartHook'),
  ).toEqual([
    `A postStart hook that fails kills its container. Make the hook of web succeed, or end its command with "|| true" if it may fail. ${READ}/hooks.md#post-start-fails`,
  ]);
});

test('explains a preStop hook without a program, and one that stopped the app', () => {
  const missing = "command 'sleep 10' exited with 126: OCI runtime exec failed: executable file not found in $PATH";
  const life = [
    started(1),
    because({ kind: 'programMissing', exitCode: 126 }, hooked(10, 'preStop', 20, missing)),
    signalled(10, 'SIGTERM', 30_000),
    exited(10.1, 143, { afterSignalMs: 100 }),
  ];
  expect(about(timelineOf(...life), undefined, 'ContainerExited')).toEqual([
    `The image of web lacks the program of its preStop hook, so the stop signal came immediately. Use the sleep action, which needs no program in the image. ${READ}/hooks.md#pre-stop-sleep`,
  ]);

  const failedHook = recorded(12, 'FailedPreStopHook', 'PreStopHook failed', { type: 'Warning' });
  const quit = [
    started(1),
    exited(12, 0),
    hooked(12, 'preStop', 2_000, "command 'nginx -s quit' exited with 137"),
    failedHook,
  ];
  expect(about(timelineOf(...quit), undefined, 'FailedPreStopHook')).toEqual([
    `web exited with 0 during its preStop hook and ended its exec, so FailedPreStopHook is harmless. ${READ}/hooks.md#failed-pre-stop-exit-0`,
  ]);
});

test('explains exit code 0 under restartPolicy Always', () => {
  expect(said(web(), { web: [{ at: '1s', exit: 0 }] }, 'Started')).toEqual([
    `Under restartPolicy Always, the kubelet restarts web after an exit with 0 too, with the same back-off. Keep web running, or run it as a Job. ${READ}/restarts-and-back-off.md#exit-0-crash-loop`,
  ]);
});

test('returns nothing for a plain failure', () => {
  expect(about(timelineOf(started(1), exited(3, 1)), undefined, 'ContainerExited')).toEqual([undefined]);
  expect(about(timelineOf(started(1), ...failed(5, 'liveness', 1, 'HTTP probe failed with statuscode: 500')))).toEqual([
    undefined,
  ]);
});

test('explains a pull in back-off, which is not a restart', () => {
  const pod = simulatePod(web(''), { web: [{ at: '0s', imagePull: 'fails' }] });
  pod.advance('1m');
  expect(pod.timeline.of('BackOff')).not.toEqual([]);
  expect(explain(new Incident(pod.pod, pod.timeline, undefined))).toBeUndefined();
});
