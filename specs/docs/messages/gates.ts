import { inFormat } from '../../../src/gate/formats';
import { reportOn, type Subject } from '../../unit/gate/formats/faulty';
import type { Shown } from './shown';

/** Returns a pod without a Service, whose container listens on port 8080. */
function pod(container: string, more = ''): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  terminationGracePeriodSeconds: 10
  containers:
    - name: web
      image: shop/web:1
      ports:
        - containerPort: 8080
${container.trim().replace(/^/gm, '      ')}
${more}`;
}

const READINESS = `readinessProbe:
  httpGet:
    path: /ready
    port: 8080
  periodSeconds: 1`;
const LIVENESS = `livenessProbe:
  httpGet:
    path: /healthz
    port: 8080
  periodSeconds: 5`;
const STARTUP = LIVENESS.replace('liveness', 'startup');
const WELL = { http: { 8080: { '/healthz': 200, '/ready': 200 } }, tcp: { 8080: 'open' as const } };

/** Gates that fail, of simulated pods. */
export const GATES: readonly Shown[] = [
  {
    title: 'A readiness probe that fails without load',
    make: () =>
      failed({
        manifest: pod(`${STARTUP}\n${LIVENESS}\n${READINESS}`),
        app: {
          web: [
            { at: '0s', ...WELL },
            { at: '9s', http: { 8080: { '/healthz': 200, '/ready': 503 } } },
          ],
        },
        checks: ['ready-in-budget', 'stays-ready'],
      }),
  },
  {
    title: 'A stop signal that is ignored',
    make: () =>
      failed({
        manifest: pod(`${STARTUP}\n${LIVENESS}\n${READINESS}`),
        app: { web: [{ at: '0s', ...WELL, onTerm: { ignore: true } }] },
        checks: ['ready-in-budget', 'terminates-in-grace'],
      }),
  },
  {
    title: 'A start that is slower than the liveness probe allows',
    make: () =>
      failed({
        manifest: pod(`${LIVENESS}\n${READINESS}`),
        app: {
          web: [
            { at: '0s', tcp: { 8080: 'closed' } },
            { at: '40s', ...WELL },
          ],
        },
        checks: ['ready-in-budget', 'stays-ready'],
      }),
  },
  {
    title: 'Requests that are dropped',
    make: () =>
      failed({
        manifest: pod(`${STARTUP}\n${LIVENESS}\n${READINESS}`),
        app: { web: [{ at: '0s', ...WELL, onTerm: { exitAfter: '0s', code: 0 } }] },
        checks: ['ready-in-budget', 'drains'],
      }),
  },
  {
    title: 'A preStop hook that fails',
    make: () =>
      failed({
        manifest: pod(
          `lifecycle:\n  preStop:\n    exec:\n      command: [nginx, -s, quit]\n${STARTUP}\n${LIVENESS}\n${READINESS}`,
        ),
        app: { web: [{ at: '0s', ...WELL, exec: { 'nginx -s quit': 127 } }] },
        checks: ['ready-in-budget', 'hooks-run'],
      }),
  },
];

async function failed(subject: Subject): Promise<string> {
  const options = { version: '1.2.3', folder: process.cwd(), paint: (_: string, text: string) => text };
  return (await inFormat('text', await reportOn({ file: 'k8s/shop.yaml', ...subject }), options)).trimEnd();
}
