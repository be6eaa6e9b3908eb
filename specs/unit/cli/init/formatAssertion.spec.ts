import { describe, expect, test } from '@jest/globals';
import { formatAssertion, isAwaited } from '../../../../src/cli/init/formatAssertion';
import type { Assertion } from '../../../../src/gate/model/experiment';
import { subjectOf, web } from './subject';

const SPEC = {
  initContainers: [
    { name: 'migrate', image: 'migrate:1' },
    { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' },
  ],
  containers: [web, { name: 'cache', image: 'cache:1' }],
};

const linesOf = (assertion: Assertion, on: 'pod' | 'gone' = 'pod', subject = subjectOf(SPEC)) =>
  formatAssertion(subject, assertion, { ms: 31_500, on });

describe('formatAssertion', () => {
  test.each<[Assertion, string]>([
    [{ kind: 'startup' }, 'toBecomeReady()'],
    [{ kind: 'recovered', container: 'web' }, 'toBecomeReady()'],
    [{ kind: 'steadyState' }, "toStayReady({ for: '32s' })"],
    [{ kind: 'running', container: 'web' }, "toEmitEvent({ reason: 'Started', container: 'web' })"],
    [{ kind: 'restarted' }, "toRestart({ within: '32s' })"],
    [
      { kind: 'restarted', container: 'web', because: 'liveness' },
      "toRestart({ container: 'web', because: 'liveness', within: '32s' })",
    ],
    [{ kind: 'leftByReadiness', container: 'web' }, "toLeaveEndpoints({ within: '32s' })"],
    [{ kind: 'phase', phase: 'Succeeded' }, "toReachPhase('Succeeded')"],
    [
      { kind: 'ranHook', hook: 'postStart', container: 'cache' },
      "toRunHook('postStart', { container: 'cache', since: 'start' })",
    ],
    [{ kind: 'ranHook', hook: 'preStop' }, "toRunHook('preStop', { container: 'web', since: 'start' })"],
    [{ kind: 'stoppedInGrace' }, 'toTerminateGracefully()'],
    [{ kind: 'dropsNoRequests', mayRefuse: [] }, 'toDropNoRequests()'],
  ])('prints %j as one awaited matcher', (assertion, call) => {
    expect(linesOf(assertion)).toEqual([`await expect(pod).${call};`]);
    expect(linesOf(assertion, 'gone')).toEqual([`await expect(gone).${call};`]);
  });

  test('prints nothing for an assertion that only the gate can wait for', () => {
    expect(linesOf({ kind: 'recoveredByItself' })).toEqual([]);
  });

  test('prints the restart count of every long-running container', () => {
    expect(linesOf({ kind: 'restartsAtMost', times: 0 })).toEqual(
      ['proxy', 'web', 'cache'].map((name) => `expect(pod).toHaveRestartCount(0, { container: '${name}' });`),
    );
  });

  test('watches the first of several containers, and checks restart counts of the others', () => {
    expect(linesOf({ kind: 'stoodBy', containers: ['web', 'cache'] })).toEqual([
      "await expect(pod).toRestartAtMost(0, { container: 'web', for: '32s' });",
      "expect(pod).toHaveRestartCount(0, { container: 'cache' });",
    ]);
  });

  test('prints the start order and exit codes of plain init containers', () => {
    expect(linesOf({ kind: 'initialized' })).toEqual([
      'expect(pod).toHaveEventsInOrder([',
      "  { reason: 'Started', container: 'migrate' },",
      "  { reason: 'Started', container: 'web' },",
      ']);',
      "expect(pod).toHaveContainerState({ container: 'migrate', terminated: { exitCode: 0 } });",
    ]);
  });

  test.each([
    ['web', 'containerStatuses'],
    ['proxy', 'initContainerStatuses'],
  ])('prints a check that is skipped if %s has started before the slow start', (container, statuses) => {
    const [first, ...others] = linesOf({ kind: 'keptDuringStartup', container });
    expect(first).toBe(`if (pod.status.${statuses}?.some((one) => one.name === '${container}' && one.started)) {`);
    expect(others.at(-1)).toBe(`await expect(pod).toRestartAtMost(0, { container: '${container}', for: '32s' });`);
  });

  test('accepts an error status if clients send the same request as readiness', () => {
    const readinessProbe = { httpGet: { path: '/', port: 8080 } };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop' },
      spec: { selector: { app: 'shop' }, ports: [{ port: 80, targetPort: 8080 }] },
    };
    const drains: Assertion = { kind: 'dropsNoRequests', mayRefuse: ['/'] };
    const lines = linesOf(drains, 'gone', subjectOf({ containers: [{ ...web, readinessProbe }] }, service));
    expect(lines.at(-1)).toBe('expect(unanswered).toEqual([]);');
    const other = { httpGet: { path: '/readyz', port: 8080 } };
    expect(linesOf(drains, 'gone', subjectOf({ containers: [{ ...web, readinessProbe: other }] }, service))).toEqual([
      'await expect(gone).toDropNoRequests();',
    ]);
  });
});

describe('isAwaited', () => {
  test('returns true only for assertions that later steps depend on', () => {
    expect(isAwaited({ kind: 'startup' })).toBe(true);
    expect(isAwaited({ kind: 'restarted', container: 'web' })).toBe(true);
    expect(isAwaited({ kind: 'steadyState' })).toBe(false);
    expect(isAwaited({ kind: 'dropsNoRequests', mayRefuse: [] })).toBe(false);
  });
});
