import { describe, expect, test } from '@jest/globals';
import type { ScriptEntry } from '../../../../../src/runtime/scripted/script';
import { gate, HEALTHY, httpGet, pod, sentenceOf } from '../../gateOf';

/** Returns the results of the check with their severities. */
async function probesRun(container: object, ...app: readonly ScriptEntry[]): Promise<readonly string[]> {
  const { results } = await gate({ spec: pod(container), app: { web: app }, checks: ['probes-run', 'stays-ready'] });
  const answers = results.find(({ check }) => check === 'probes-run')?.answers ?? [];
  return answers.map((one) => `${one.outcome} ${one.severity ?? ''}: ${sentenceOf(one)}`);
}

const answering = (at: string, status: number): ScriptEntry => ({ at, http: { '8080': { '/healthz': status } } });
const PASSED = 'passed : each probe that ran returned a result about its own container';

describe('check probes-run', () => {
  test('passes probes that return results', async () => {
    expect(await probesRun({}, ...HEALTHY)).toEqual([PASSED]);
  });

  test('warns about a probe that is redirected to another host', async () => {
    const login = { status: 302, location: 'https://login.example.com/?next=/healthz' };
    expect(await probesRun({}, { at: '0s', http: { '8080': { '/healthz': login } } })).toEqual([
      'failed warning: the readiness probe of web is redirected to https://login.example.com/?next=/healthz. The kubelet counts a redirect to another host as success and does not follow it, so the probe does not check web.',
      'failed warning: the liveness probe of web is redirected to https://login.example.com/?next=/healthz. The kubelet counts a redirect to another host as success and does not follow it, so the probe does not check web.',
    ]);
  });

  test('passes a redirect to the same host and a 3xx status without a Location header', async () => {
    const moved = { status: 301, location: '/healthz/' };
    const http = { '8080': { '/healthz': moved, '/healthz/': 200 } };
    expect(await probesRun({}, { at: '0s', http })).toEqual([PASSED]);
    expect(await probesRun({}, answering('0s', 304))).toEqual([PASSED]);
  });

  test('fails a probe without a result', async () => {
    const livenessProbe = { httpGet: { ...httpGet, port: 'admin' }, periodSeconds: 5 };
    const [found, ...others] = await probesRun({ livenessProbe }, ...HEALTHY);
    expect(found).toMatch(
      /^failed error: the liveness probe of web has no result: .*admin.*\. The kubelet ignores such/,
    );
    expect(others).toEqual([]);
  });

  test('warns about a readiness probe that fails and succeeds in turn', async () => {
    const readinessProbe = { httpGet, periodSeconds: 1, failureThreshold: 3 };
    const turns = [5, 12, 20].flatMap((at) => [answering(`${at}s`, 503), answering(`${at + 1}s`, 200)]);
    expect(await probesRun({ readinessProbe }, answering('0s', 200), ...turns)).toEqual([
      'failed warning: the readiness probe of web flaps: it failed 3 times and succeeded again, although no fault was injected (HTTP probe failed with statuscode: 503)',
    ]);
  });

  test('watches longer if readiness failed once, and passes if it does not fail again', async () => {
    const readinessProbe = { httpGet, periodSeconds: 1, failureThreshold: 3 };
    const once = [answering('0s', 200), answering('10s', 503), answering('11s', 200)];
    expect(await probesRun({ readinessProbe }, ...once)).toEqual([PASSED]);
    const late = [...once, answering('30s', 503), answering('31s', 200)];
    expect(await probesRun({ readinessProbe }, ...late)).toHaveLength(1);
    expect((await probesRun({ readinessProbe }, ...late))[0]).toMatch(/failed warning: .* it failed 2 times/);
  });

  test('passes a probe that times out occasionally', async () => {
    const readinessProbe = { httpGet, periodSeconds: 2, failureThreshold: 3 };
    const slow = { at: '', http: { '8080': { '/healthz': { status: 200, takes: '5s' } } } };
    const turns = [5, 12, 20].flatMap((at) => [{ ...slow, at: `${at}s` }, answering(`${at + 2}s`, 200)]);
    expect(await probesRun({ readinessProbe, livenessProbe: undefined }, answering('0s', 200), ...turns)).toEqual([
      PASSED,
    ]);
  });
});
