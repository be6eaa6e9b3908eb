import { describe, expect, test } from '@jest/globals';
import { NEVER } from '../../../../src/clock/instant';
import { loadPod } from '../../../../src/manifest/loadPod';
import { Simulation } from '../../../../src/pod/simulated/simulation';
import type { ScriptEntry } from '../../../../src/runtime/scripted/script';
import { s } from '../../timeline/events';

const LIVENESS = { tcpSocket: { port: 80 }, periodSeconds: 5, failureThreshold: 1 };

function podOf(container: object = {}, spec: object = {}) {
  return loadPod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...spec },
  });
}
const simulate = (script: readonly ScriptEntry[], container: object = {}, spec: object = {}) =>
  new Simulation(podOf(container, spec), { web: script });
const startsOf = ({ timeline }: Simulation) => timeline.of('ContainerStarted').map(({ at }) => at);

describe('Simulation', () => {
  test('advances no time on its own', () => {
    const simulation = simulate([{ at: '5s', exit: 1 }]);
    expect(simulation.now).toBe(0);
    expect(startsOf(simulation)).toEqual([]);
  });

  test('runs every event up to the target instant', () => {
    const simulation = simulate([{ at: '5s', exit: 1 }]);
    simulation.advance(s(20));
    expect(simulation.now).toBe(s(20));
    // The first restart is immediate, and the second one waits 10s.
    expect(startsOf(simulation)).toEqual([s(0), s(5), s(20)]);
  });

  test('gives the same result in several steps as in one', () => {
    const pod = podOf();
    const script = { web: [{ at: '3s', exit: 1 }] };
    const [parts, whole] = [new Simulation(pod, script), new Simulation(pod, script)];
    for (let seconds = 7; seconds <= 70; seconds += 7) parts.advance(s(seconds));
    whole.advance(s(70));
    expect(parts.timeline.events).toEqual(whole.timeline.events);
  });

  test('stops at the first instant that meets a condition', () => {
    const simulation = simulate([{ at: '5s', exit: 1 }]);
    simulation.advance(s(60), () => simulation.timeline.of('ContainerExited').length > 0);
    expect(simulation.now).toBe(s(5));
  });

  test('returns the next instant, or never in an idle pod', () => {
    const simulation = simulate([{ at: '5s', exit: 0 }], {}, { restartPolicy: 'Never' });
    simulation.advance(s(1));
    expect(simulation.nextAt).toBe(s(5));
    simulation.advance(NEVER);
    expect(simulation.nextAt).toBe(NEVER);
    expect(simulation.now).toBeLessThan(s(60));
    expect(simulation.state.status.phase).toBe('Succeeded');
  });

  test('deletes the pod when the kubelet observes the request', () => {
    const simulation = simulate([{ at: '0s', onTerm: { exitAfter: '2s' } }]);
    simulation.advance(s(10));
    simulation.observe({ kind: 'DeleteRequested' });
    simulation.advance(NEVER);
    expect(simulation.timeline.of('ContainerExited')).toMatchObject([{ at: s(12) }]);
    expect(simulation.timeline.of('PodRemoved')).toHaveLength(1);
  });

  test('records an action of the test at the current instant', () => {
    const simulation = simulate([]);
    simulation.advance(s(3));
    simulation.act({ action: 'note', detail: 'sale' });
    expect(simulation.timeline.of('TestActed')).toMatchObject([{ at: s(3), source: 'test', detail: 'sale' }]);
  });

  test('masks Secret values in events and output', () => {
    const found = { configMaps: {}, secrets: { database: { password: 'hunter2' } } };
    const script = { web: [{ at: '1s', stdout: 'password hunter2\n' }] };
    const simulation = new Simulation(podOf(), script, {}, { found });
    simulation.advance(s(2));
    simulation.act({ action: 'note', detail: 'uses hunter2' });
    expect(simulation.timeline.of('TestActed')).toMatchObject([{ detail: 'uses ***' }]);
    expect(JSON.stringify(simulation.timeline.output.lines)).toContain('password ***');
  });

  test('sends requests while the pod is Ready, until the client stops', () => {
    const simulation = simulate([{ at: '0s', http: { '8080': { '/': 200 } } }]);
    simulation.advance(s(1));
    const stop = simulation.request({
      scheme: 'http',
      port: 8080,
      path: '/',
      headers: {},
      timeoutMs: 1_000,
      everyMs: 1_000,
      endpointRemovalDelayMs: 0,
    });
    simulation.advance(s(3));
    stop();
    simulation.advance(s(9));
    expect(simulation.timeline.of('RequestFinished').map(({ at, status }) => [at, status])).toEqual([
      [s(1), 200],
      [s(2), 200],
      [s(3), 200],
    ]);
  });

  test('runs probes in virtual time', () => {
    const simulation = simulate(
      [
        { at: '0s', tcp: { '80': 'open' } },
        { at: '1h', run: 1, tcp: { '80': 'closed' } },
      ],
      { livenessProbe: LIVENESS },
    );
    simulation.advance(s(3_700));
    const [, restarted] = startsOf(simulation);
    expect(restarted).toBeGreaterThanOrEqual(s(3_600));
    expect(restarted).toBeLessThanOrEqual(s(3_606));
  });

  test('aborts if containers restart endlessly at the same instant', () => {
    const restartPolicyRules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } }];
    const simulation = simulate([{ at: '0s', exit: 42 }], { restartPolicy: 'Never', restartPolicyRules });
    expect(() => simulation.advance(s(60))).toThrow(
      /^the simulation is stuck at \+0s: the same events repeat without time passing \(last: \w+\)\. Give the script entry a time later than 0s$/,
    );
  });
});
