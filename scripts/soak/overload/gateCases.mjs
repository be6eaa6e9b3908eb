import { deafServer, each, httpGet, nodeServer, podOf, server, shell } from './pods.mjs';

// Each case: a pod, one check of the gate, and the expected result.

const withProbes = (handler = { httpGet }, failureThreshold = 3) => ({
  startupProbe: each({ httpGet }, 15),
  readinessProbe: each({ httpGet }, failureThreshold),
  livenessProbe: each(handler, failureThreshold),
});
const tcp = { tcpSocket: { port: 8080 } };

const passes = (check, pod) => ({ pod, check, expected: { outcome: 'passed' } });
const fails = (check, pod, because) => ({ pod, check, expected: { outcome: 'failed', because } });

export const GATE_CASES = {
  'gate: a server becomes Ready': () => passes('ready-in-budget', podOf({ ...server(), ...withProbes() })),
  'gate: a Node server becomes Ready': () => passes('ready-in-budget', podOf({ ...nodeServer(200), ...withProbes() })),
  'gate: a server never listens': () => {
    const late = { ...withProbes(), startupProbe: each({ httpGet }, 3) };
    return fails('ready-in-budget', podOf({ ...shell('exec sleep 600'), ...late }), /startup probe/);
  },
  'gate: a server stays Ready': () => passes('stays-ready', podOf({ ...server(), ...withProbes() })),
  'gate: liveness asks for the wrong path': () => {
    const wrong = { httpGet: { ...httpGet, path: '/wrong' } };
    return fails('stays-ready', podOf({ ...server(), ...withProbes(wrong) }), /statuscode: 404/);
  },
  'gate: liveness detects a hang': () => passes('liveness-detects-hang', podOf({ ...server(), ...withProbes() })),
  'gate: tcp liveness does not detect a hang': () =>
    fails('liveness-detects-hang', podOf({ ...nodeServer(200), ...withProbes(tcp) }), /tcp|kernel/),
  'gate: readiness detects a hang': () => passes('readiness-leaves-endpoints', podOf({ ...server(), ...withProbes() })),
  'gate: a server terminates within its grace period': () =>
    passes('terminates-in-grace', podOf({ ...server(), ...withProbes() })),
  'gate: a server ignores SIGTERM': () =>
    fails(
      'terminates-in-grace',
      podOf({ ...deafServer(), ...withProbes() }, { terminationGracePeriodSeconds: 2 }),
      /SIGKILL/,
    ),
  'gate: a crash is restarted': () => passes('liveness-detects-crash', podOf({ ...server(), ...withProbes() })),
};
