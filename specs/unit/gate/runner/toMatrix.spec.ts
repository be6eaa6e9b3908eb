import { expect, test } from '@jest/globals';
import { matrixTable } from '../../../../src/gate/formats/matrix';
import { toMatrixReport } from '../../../../src/gate/matrixReport';
import type { Actor, StartActor } from '../../../../src/gate/model/actor';
import type { Subject } from '../../../../src/gate/model/subject';
import { runMatrix } from '../../../../src/gate/runGate';
import type { AppScript } from '../../../../src/runtime/scripted/script';
import { HEALTHY, pod } from '../gateOf';
import { simulateActor } from '../simulateActor';

const RESOURCES = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } };

/** Limits and a network for a simulated pod, which has neither. */
interface Means {
  /** Effect of a lower memory limit. */
  readonly onMemory?: (actor: Actor) => Promise<void>;
  readonly onCPU?: (actor: Actor) => Promise<void>;
  readonly onCut?: (actor: Actor) => Promise<void>;
}

async function table(
  container: object,
  app: AppScript,
  means: Means = {},
  more: Partial<Subject> = {},
): Promise<string> {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: pod(container) };
  const start: StartActor = async (variant) =>
    equipped(simulateActor({ ...manifest, spec: structuredClone(variant.spec) }, app), means);
  const subject: Subject = {
    pod: simulateActor(manifest, app).pod,
    backend: { publishNotReadyAddresses: false },
    services: [],
    endpointRemovalDelay: '500ms',
    kubernetesVersion: '1.36',
    ...more,
  };
  return matrixTable(toMatrixReport(await runMatrix(subject, { start, parallel: 1 }), (text) => text));
}

function equipped(actor: Actor, { onMemory, onCPU, onCut }: Means): Actor {
  let used = false;
  return new Proxy(actor, {
    get(target, key) {
      if (key === 'service') return () => ({ freeze: async () => onCut?.(target), thaw: async () => {} });
      if (key === 'container') {
        return (name: string) =>
          Object.assign(target.container(name), {
            limit: async ({ cpu, memory }: { readonly cpu?: string; readonly memory?: string }) => {
              if (cpu !== undefined) return onCPU?.(target);
              if (memory === undefined || Number.parseInt(memory, 10) < 30) throw new Error('it uses more');
              if (!used) await onMemory?.(target);
              used = true;
            },
          });
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

test('shows which probe detects which fault, after what time, and the reaction', async () => {
  const means = { onMemory: (actor: Actor) => actor.container('web').kill() };
  expect(await table({ resources: RESOURCES }, { web: HEALTHY }, means)).toMatchInlineSnapshot(`
"FAULT                          TARGET   DETECTED BY   AFTER   RESULT
hang                           web      readiness     4.0s    passed           the container restarts after 25s, and the pod becomes Ready again
crash                          web      exit          0.0s    passed           the container restarts after 0s, and the pod becomes Ready again
port closed                    web      –             –       not applicable   the network of the pod cannot be disconnected here
service cut                    –        –             –       not applicable   --service names no dependency of the pod
out of memory                  web      exit          0.0s    passed           the container restarts after 0s, and the pod becomes Ready again
CPU throttled to its request   web      –             –       passed           no container restarts
disk full                      web      –             –       not applicable   web mounts no volume with its own size limit: an emptyDir with medium Memory and a sizeLimit of up to 256Mi

4 of 4 faults passed, 3 without a result"
`);
});

test('shows undetected faults, and restarts without effect', async () => {
  const livenessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 5 };
  const app = { web: [{ at: '0s', http: { '8080': { '/healthz': 200 } }, tcp: { '8080': 'open' as const } }] };
  const means = {
    onCPU: (actor: Actor) => actor.container('web').kill(),
    onCut: (actor: Actor) => actor.container('web').kill(),
  };
  const container = { livenessProbe, resources: RESOURCES };
  expect(await table(container, app, means, { services: ['db'] })).toMatchInlineSnapshot(`
"FAULT                          TARGET   DETECTED BY   AFTER   RESULT
hang                           web      readiness     4.0s    FAILED           the pod leaves the endpoints, but web never restarts
crash                          web      exit          0.0s    passed           the container restarts after 0s, and the pod becomes Ready again
port closed                    web      –             –       not applicable   the network of the pod cannot be disconnected here
service cut                    db       exit          0.0s    FAILED           web restarts, which does not help
out of memory                  web      –             –       not applicable   web keeps running with a memory limit of 30Mi
CPU throttled to its request   web      exit          0.0s    FAILED           web restarts, which does not help
disk full                      web      –             –       not applicable   web mounts no volume with its own size limit: an emptyDir with medium Memory and a sizeLimit of up to 256Mi

1 of 4 faults passed, 3 without a result"
`);
});
