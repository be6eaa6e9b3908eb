import { type AppScript, type SimulatedPod, type SimulatePodOptions, simulatePod } from 'jest-kubelet';

/** Returns a simulated pod `shop` whose container `web` follows the script. `more` are fields of its spec. */
export function simulated(
  web: object,
  script: AppScript = {},
  more: object = {},
  options: SimulatePodOptions = {},
): SimulatedPod {
  const containers = [{ name: 'web', image: 'web:dev', ...web }];
  const spec = { containers, ...more };
  return simulatePod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop', uid: '1' }, spec }, script, options);
}

/** A second container. */
export const DB = { name: 'db', image: 'db:dev' };

/** Probes `/healthz` of a web server every 10s, three times. */
export const HEALTHZ = { httpGet: { path: '/healthz', port: 80 }, periodSeconds: 10 };

/** Returns a script of a web server with these statuses from the given times. */
export function answering(...answers: readonly (readonly [at: string, status: number])[]) {
  return answers.map(([at, status]) => ({ at, http: { 80: { '/healthz': status } } }));
}
