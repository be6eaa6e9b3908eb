import { simulatePod } from 'jest-kubelet';
import { type Fields, podOf } from '../pods.mts';

// Prints how much processor time a simulated day takes: of a pod with three probes that are run every second.

const DAY_MS = 86_400_000;

const probe = { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 };
const web: Fields = { image: 'web', livenessProbe: probe, readinessProbe: probe };
const beside = { name: 'beside', image: 'beside', livenessProbe: { tcpSocket: { port: 8081 }, periodSeconds: 1 } };
const manifest = podOf(web) as { readonly spec: { readonly containers: unknown[] } };
manifest.spec.containers.push(beside);
const script = {
  web: [{ at: '0s', http: { 8080: { '/': 200 } } }],
  beside: [{ at: '0s', tcp: { 8081: 'open' } }],
} as const;

// Code that runs often enough is compiled before the measurement.
simulatePod(manifest, script).advance('1h');
const pod = simulatePod(manifest, script);
const from = process.cpuUsage();
pod.advance('24h');
const { user, system } = process.cpuUsage(from);
const probes = pod.timeline.of('ProbeFinished').length;
console.log(JSON.stringify({ cpuMs: (user + system) / 1_000, simulatedMs: DAY_MS, probes }));
