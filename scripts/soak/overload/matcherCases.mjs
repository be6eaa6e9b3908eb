import { deafServer, each, httpGet, nodeServer, podOf, server, shell } from './pods.mjs';

// Each case: a pod, an action on it, an assertion, and the expected result. A failure must also contain `because`,
// because a failure for another reason is a wrong result.

const PASSES = { outcome: 'passed' };
const fails = (because) => ({ outcome: 'failed', because });

const READY = { expect: 'toBecomeReady', args: [] };
const ask = (matcher, ...args) => ({ expect: matcher, args });
const never = (matcher, ...args) => ({ expect: matcher, args, isNot: true });
const freeze = { act: 'freeze' };
const kill = { act: 'kill' };
const remove = { act: 'delete' };

const ready = { readinessProbe: each({ httpGet }) };
const starting = (failureThreshold) => ({ startupProbe: each({ httpGet }, failureThreshold), ...ready });
const live = (handler = { httpGet }) => ({ ...starting(20), livenessProbe: each(handler) });
const tcp = { tcpSocket: { port: 8080 } };
const exec = (...command) => ({ exec: { command } });
const ends = (...commands) => podOf(shell(...commands), { restartPolicy: 'Never' });

export const MATCHER_CASES = {
  'a server becomes Ready': () => ({ pod: podOf({ ...server(), ...starting(10) }), ask: READY, expected: PASSES }),
  'a Node server becomes Ready': () => ({
    pod: podOf({ ...nodeServer(200), ...starting(20) }),
    ask: READY,
    expected: PASSES,
  }),
  'a slow start within its startup probe': (random) => ({
    pod: podOf({ ...server(`sleep ${1 + random.below(3)}`), ...starting(12) }),
    ask: READY,
    expected: PASSES,
  }),
  'a start that is too slow for its startup probe': () => ({
    pod: podOf({ ...server('sleep 60'), ...starting(3) }),
    ask: READY,
    expected: fails(/startup probe/),
  }),
  'a server that never listens': () => ({
    pod: podOf({ ...shell('exec sleep 600'), ...starting(3) }),
    ask: READY,
    expected: fails(/startup probe/),
  }),
  'a server that answers with 500': () => ({
    pod: podOf({ ...nodeServer(500), ...ready }),
    ask: ask('toBecomeReady', { within: '12s' }),
    expected: fails(/statuscode: 500/),
  }),
  'liveness detects a hang': () => ({
    pod: podOf({ ...server(), ...live() }),
    first: [READY, freeze],
    ask: ask('toRestart', { because: 'liveness' }),
    expected: PASSES,
  }),
  'tcp liveness does not detect a hang': () => ({
    pod: podOf({ ...nodeServer(200), ...live(tcp) }),
    first: [READY, freeze],
    ask: ask('toRestart', { within: '8s' }),
    expected: fails(/no restart/),
  }),
  'readiness detects a hang': () => ({
    pod: podOf({ ...server(), ...starting(20) }),
    first: [READY, freeze],
    ask: ask('toLeaveEndpoints'),
    expected: PASSES,
  }),
  'a crash is restarted': () => ({
    pod: podOf({ ...server(), ...live() }),
    first: [READY, kill],
    ask: ask('toRestart'),
    expected: PASSES,
  }),
  'a server is well again after a crash': () => ({
    pod: podOf({ ...server(), ...live() }),
    first: [READY, kill, ask('toRestart')],
    ask: READY,
    expected: PASSES,
  }),
  'a server stays Ready': () => ({
    pod: podOf({ ...server(), ...live() }),
    first: [READY],
    ask: ask('toStayReady', { for: '4s' }),
    expected: PASSES,
  }),
  'an exec probe succeeds': () => ({
    pod: podOf({ ...server(), ...live(exec('cat', '/tmp/www/index.html')) }),
    first: [READY],
    ask: ask('toRestartAtMost', 0, { for: '5s' }),
    expected: PASSES,
  }),
  'an exec probe hangs': () => ({
    pod: podOf({ ...server(), livenessProbe: each(exec('sleep', '60')) }),
    ask: never('toRestart', { within: '20s' }),
    expected: fails(/restart/),
  }),
  'liveness asks for the wrong path': () => ({
    pod: podOf({ ...server(), ...live({ httpGet: { ...httpGet, path: '/wrong' } }) }),
    first: [ask('toBecomeStarted')],
    ask: ask('toRestart', { because: 'liveness' }),
    expected: PASSES,
  }),
  'a server terminates within its grace period': () => ({
    pod: podOf({ ...server(), ...ready }),
    first: [READY, remove],
    ask: ask('toTerminateGracefully'),
    expected: PASSES,
  }),
  'a server ignores SIGTERM': () => ({
    pod: podOf({ ...deafServer(), ...ready }, { terminationGracePeriodSeconds: 2 }),
    first: [READY, remove],
    ask: ask('toTerminateGracefully'),
    expected: fails(/SIGKILL/),
  }),
  'a task succeeds': () => ({
    pod: ends('sleep 1; echo done'),
    ask: ask('toReachPhase', 'Succeeded'),
    expected: PASSES,
  }),
  'a task fails': (random) => ({
    pod: ends(`sleep 1; exit ${1 + random.below(3)}`),
    ask: ask('toReachPhase', 'Succeeded'),
    expected: fails(/Failed/),
  }),
  'a task exits with its code': () => ({ pod: ends('sleep 1; exit 3'), ask: ask('toExitWith', 3), expected: PASSES }),
  'a task exits with another code': () => ({
    pod: ends('sleep 1; exit 4'),
    ask: ask('toExitWith', 3),
    expected: fails(/4/),
  }),
  'a server writes a line': () => ({
    pod: podOf(shell('sleep 1; echo it listens; exec sleep 600')),
    ask: ask('toLog', 'it listens', { since: 'start' }),
    expected: PASSES,
  }),
  'a crash loop': () => ({
    pod: podOf(shell('exit 1')),
    ask: ask('toEnterCrashLoopBackOff', { within: '60s' }),
    expected: PASSES,
  }),
};
