import { describe, expect, test } from '@jest/globals';
import type { Subject } from '../../../../../src/gate/model/subject';
import type { ScriptEntry } from '../../../../../src/runtime/scripted/script';
import { gate, httpGet, pod, sentenceOf } from '../../gateOf';

const CLIENTS = { backend: { publishNotReadyAddresses: false, targetPort: 8080, ports: [{ targetPort: 8080 }] } };

/** Returns the results of the check with their severities. */
async function servesClients(container: object, app: readonly ScriptEntry[], subject: Partial<Subject> = CLIENTS) {
  const { results } = await gate({ spec: pod(container), app: { web: app }, subject, checks: ['serves-clients'] });
  const answers = results.find(({ check }) => check === 'serves-clients')?.answers ?? [];
  return answers.map((one) => `${one.outcome} ${one.severity ?? ''}: ${sentenceOf(one)}`);
}

const at = (time: string, paths: NonNullable<ScriptEntry['http']>[string]): ScriptEntry => ({
  at: time,
  http: { '8080': paths },
});
const PASSED = 'passed : the pod serves its clients (GET / on port 8080)';
const GAP = 'notApplicable : no request took 1s or longer. Name a slow path with --path.';

describe('check serves-clients', () => {
  test('passes a pod that serves its clients immediately', async () => {
    expect(await servesClients({}, [at('0s', { '/': 200, '/healthz': 200 })])).toEqual([PASSED, GAP]);
  });

  test('fails a Ready pod that refuses its clients', async () => {
    const admin = { httpGet: { port: 9090, path: '/healthz' }, periodSeconds: 1 };
    const late = [{ at: '0s', http: { '9090': { '/healthz': 200 } } }, at('12s', { '/': 200 })];
    expect(await servesClients({ readinessProbe: admin, livenessProbe: undefined }, late)).toEqual([
      'failed error: the pod is Ready but refuses clients: nothing listens on port 8080 2.0s after the pod became Ready',
    ]);
  });

  test('passes a pod that listens 700ms after its start', async () => {
    const admin = { httpGet: { port: 9090, path: '/healthz' }, periodSeconds: 1 };
    const late = [{ at: '0s', http: { '9090': { '/healthz': 200 } } }, at('700ms', { '/': 200 })];
    expect(await servesClients({ readinessProbe: admin, livenessProbe: undefined }, late)).toContain(PASSED);
  });

  test('warns about a refused port if another port serves', async () => {
    const ports = [{ targetPort: 8080 }, { targetPort: 9100 }];
    const subject = { backend: { publishNotReadyAddresses: false, targetPort: 8080, ports } };
    const [found] = await servesClients({}, [at('0s', { '/': 200, '/healthz': 200 })], subject);
    expect(found).toMatch(/^failed warning: the pod is Ready but refuses clients: nothing listens on port 9100/);
  });

  test('never applies to ports without HTTP', async () => {
    const open = [{ at: '0s', tcp: { '8080': 'open' as const } }];
    const tcp = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
    expect(await servesClients({ readinessProbe: tcp, livenessProbe: undefined }, open)).toEqual([
      'notApplicable : port 8080 of the pod returned no HTTP response, or only errors of the server',
    ]);
  });

  test('warns about a first request that takes much longer than later ones', async () => {
    const slow = { status: 200, takes: '4s' };
    const app = [at('0s', { '/': slow, '/healthz': 200 }), at('1s', { '/': { status: 200, takes: '20ms' } })];
    expect(await servesClients({}, app)).toEqual([
      'failed warning: the first request for / took 4.0s, later requests took 20ms',
    ]);
  });

  test('passes slow requests if the probes do not wait for them', async () => {
    const paths = ['/export'];
    const app = [at('0s', { '/export': { status: 200, takes: '2s' }, '/healthz': 200 })];
    expect(await servesClients({}, app, { ...CLIENTS, paths })).toEqual([
      'passed : the pod serves its clients (GET /export on port 8080)',
    ]);
  });

  test('fails if the pod restarts while it serves', async () => {
    const exits = { at: '5s', exit: 1, run: 1 };
    expect(await servesClients({}, [at('0s', { '/': 200, '/healthz': 200 }), exits])).toEqual([
      'failed error: the pod does not stay Ready while clients send one request at a time: web exits with code 1',
    ]);
  });

  test('never applies without a port for clients', async () => {
    const readinessProbe = { exec: { command: ['true'] } };
    expect(await servesClients({ readinessProbe, livenessProbe: { httpGet } }, [], { paths: ['/'] })).toEqual([
      'notApplicable : no Service selects the pod, and no readiness probe shows which port clients use',
    ]);
  });
});
