import { expect, test } from '@jest/globals';
import type { CheckMessage } from '../../../../../src/wording/gate/results/checkMessage';
import { formatCheckFix, formatFallbackFix } from '../../../../../src/wording/gate/results/fixes';

const container = 'web';
const probe = 'liveness';
const effect = { kind: 'hung', container } as const;
const requests = [{ path: '/', port: 8080 }];
const result = { received: { kind: 'notReady' }, reason: { kind: 'oomKilled', container } } as const;
const obstacle = { kind: 'selectsNothing', service: 'shop', selector: 'app=shp' } as const;
const attempt = { output: 'HTTP probe failed with statuscode: 503' };
const observation = { kind: 'flappingReadiness', container, times: 2, attempt } as const;
const hanging = { kind: 'service', service: 'db' } as const;
const trouble = { kind: 'late', cause: 'shutdown-longer-than-grace', exitCode: 0 } as const;

test('formatCheckFix returns the fix that the facts show', () => {
  const miss = { kind: 'tcpStillConnects', probe } as const;
  const dropped = { kind: 'dropped', received: { kind: 'drops', dropped: 2, requests: 40 }, requests } as const;
  const messages: readonly CheckMessage[] = [
    { kind: 'observed', observation },
    { kind: 'flapping', observation },
    { kind: 'hangNotDetected', container, miss: { ...miss, request: 'httpGet' } },
    { kind: 'hangNotDetected', container, miss: { ...miss, request: 'grpc' } },
    { kind: 'hangNotDetected', container, miss: { ...miss, request: 'other' } },
    { kind: 'hangNotDetected', container, miss: { kind: 'commandStillSucceeds', probe } },
    { kind: 'hangNotDetected', container, miss: { kind: 'probeStillSucceeds', probe } },
    { kind: 'staysInEndpoints', container, miss: { kind: 'reported', result } },
    { kind: 'completedEarly', container, restartPolicy: 'Always' },
    { kind: 'restartedInOutage', hanging, container },
    { kind: 'exitsInOutage', hanging, container, received: { kind: 'exitedByItself', container, exitCode: 1 } },
    { ...dropped, causes: [{ kind: 'signal', trouble }, { kind: 'stayedReady' }] },
    { ...dropped, causes: [{ kind: 'errors', container, statuses: ['500'], afterMs: 20, signal: 'SIGTERM' }] },
    { kind: 'noOOMKill' },
  ];
  expect(messages.map((message) => `${message.kind}: ${formatCheckFix(message) ?? ''}`).join('\n')).toMatchSnapshot();
});

test('formatFallbackFix returns a general fix', () => {
  const messages: readonly CheckMessage[] = [
    { kind: 'notReady', disturbance: { kind: 'reported', result } },
    { kind: 'unsteady', disturbance: { kind: 'reported', result } },
    { kind: 'neverInEndpoints', obstacle },
    { kind: 'neverInEndpoints', obstacle: { kind: 'unknownTargetPort', service: 'shop', port: 'htp' } },
    { kind: 'hookFails', hook: 'preStop', container, result },
    { kind: 'notReadyAgain', effect, result },
    { kind: 'notRestartedAfterCrash', container, result },
    { kind: 'slowStartFails', container, slowMs: 15_000, result },
    { kind: 'notTerminated', result },
    { kind: 'notCompleted', result, isFinal: false },
    { kind: 'noOOMKill' },
  ];
  expect(
    messages.map((message) => `${message.kind}: ${formatFallbackFix(message) ?? ''}`).join('\n'),
  ).toMatchSnapshot();
});
