import { describe, expect, test } from '@jest/globals';
import type { BackendPort } from '../../../../src/manifest/workload/backend';
import type { ScriptEntry, ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { outcomes, pod, type Rehearsed } from '../gateOf';

const admin = { port: 9090, path: '/healthz' };
/** Its probes use another port than its clients. */
const byAdminPort = {
  ports: [{ name: 'http', containerPort: 8080 }],
  livenessProbe: { httpGet: admin, periodSeconds: 5 },
  readinessProbe: { httpGet: admin, periodSeconds: 1 },
};
const sent = (...ports: readonly BackendPort[]) => ({
  backend: { publishNotReadyAddresses: false, targetPort: 'http', ports },
});

async function drains(rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes({ ...rehearsed, checks: ['drains'] })).drains;
}

/** Serves both ports until one second after its stop signal. */
const serves = (paths: Readonly<Record<string, ScriptedAnswer>>, ...more: readonly ScriptEntry[]) => ({
  web: [
    { at: '0s', http: { '8080': paths, '9090': { '/healthz': 200 } }, onTerm: { exitAfter: '1s', code: 0 } },
    ...more,
  ],
});

describe('check drains with clients', () => {
  test('sends requests to the ports of the Service, and not to ports of probes', async () => {
    const subject = sent({ targetPort: 'http' });
    expect(await drains({ spec: pod(byAdminPort), app: serves({ '/': 200 }), subject })).toBe(
      'passed: the deleted pod drops none of 10 requests (GET / on port 8080)',
    );
  });

  test('requests the paths of --path', async () => {
    const subject = { ...sent({ targetPort: 8080 }), paths: ['/basket?id=1', '/missing'] };
    expect(await drains({ spec: pod(byAdminPort), app: serves({ '/basket?id=1': 200 }), subject })).toBe(
      'passed: the deleted pod drops none of 20 requests (GET /basket?id=1 on port 8080 and GET /missing on port 8080)',
    );
  });

  test('requests the readiness path if the pod does not serve /', async () => {
    expect(await drains({ spec: pod(), app: serves({ '/healthz': 200 }) })).toMatch(/GET \/healthz on port 8080/);
    expect(await drains({ spec: pod(), app: serves({ '/healthz': 200, '/': 302 }) })).toMatch(/GET \/ on port 8080/);
  });

  test('requests / if every path returns an error', async () => {
    const subject = sent({ targetPort: 8080 });
    expect(await drains({ spec: pod(byAdminPort), app: serves({}), subject })).toMatch(/^passed.*GET \/ on port 8080/);
  });

  test('never applies to ports without HTTP', async () => {
    const subject = sent({ targetPort: 6379 });
    const sentence = 'port 6379 of the pod returned no HTTP response, or only errors of the server';
    expect(await drains({ spec: pod(byAdminPort), app: serves({ '/': 200 }), subject })).toBe(
      `notApplicable: ${sentence}`,
    );
  });

  test('never applies to a port that returns only server errors', async () => {
    const subject = sent({ targetPort: 8080 });
    expect(await drains({ spec: pod(byAdminPort), app: serves({ '/': 500 }), subject })).toMatch(/^notApplicable/);
  });
});
