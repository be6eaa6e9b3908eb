import { describe, expect, test } from '@jest/globals';
import {
  type ExplanationId,
  type ExplanationMessage,
  formatExplanation,
} from '../../../../src/wording/explanations/format';

type Samples = { readonly [Id in ExplanationId]: Omit<Extract<ExplanationMessage, { readonly kind: Id }>, 'kind'> };

const container = 'web';
const readiness = { container, probe: 'readiness' } as const;
const signal = 'SIGTERM';

const SAMPLES: Samples = {
  'errors-after-signal': { signal },
  'error-in-flight': { signal },
  'cut-in-flight': { signal },
  'endpoints-and-sigterm': {},
  'tcp-hook': { hook: 'preStop' },
  'post-start-order': { container },
  'post-start-fails': { container },
  'pre-stop-sleep': { container },
  'failed-pre-stop-exit-0': { container },
  'oom-killed': { container, limit: '64Mi' },
  'pre-stop-and-grace': { container },
  'stop-signal-target': { container, isShell: false },
  'shell-pid-1': { container, shell: 'sh' },
  'liveness-kill-takes-grace': { probe: 'liveness' },
  'pid-1-default-signals': { container },
  'exit-code-137': { container, reason: 'Error' },
  'named-ports': { ...readiness, port: 'http', names: ['web'] },
  'exec-probe-missing-binary': { ...readiness, isIgnored: true },
  'errored-probes': { probe: 'liveness' },
  'failures-survive-a-crash': { container, failures: 2, threshold: 3 },
  'probe-404': { ...readiness, path: '/health' },
  'host-header': readiness,
  'grpc-service-unknown': { ...readiness, service: 'shop' },
  'grpc-health-missing': readiness,
  'probe-rejected': readiness,
  'other-port': { ...readiness, addresses: ['0.0.0.0:3000'], port: 8080 },
  'bound-to-localhost': { ...readiness, addresses: ['127.0.0.1:8080'], port: 8080 },
  'nothing-listens': { ...readiness, addresses: [] },
  'slow-start-startup': { container },
  'slow-start-liveness': { container },
  'tcp-probe-frozen-app': { container },
  'probe-timeout': { ...readiness, timeoutSeconds: 1, isExec: false },
  'liveness-same-as-readiness': { container },
  'liveness-and-ready': { container },
  'name-not-resolved': { name: 'db' },
  'init-not-finished': { container: 'migrate', name: 'db' },
  'server-exit-0': { container },
  'exit-0-crash-loop': { container },
  'first-crash': { container, exits: { count: 3, lastMs: 1_000 } },
};

describe('formatExplanation', () => {
  test('formats the cause and fix of each message id', () => {
    const lines = Object.entries(SAMPLES).map(([kind, facts]) => {
      const { cause, fix, faq } = formatExplanation({ kind, ...facts } as ExplanationMessage);
      return [kind, `  Cause: ${cause}`, fix && `  Fix:   ${fix}`, faq && `  Docs:  ${faq}`].filter(Boolean).join('\n');
    });
    expect(`\n${lines.join('\n\n')}\n`).toMatchSnapshot();
  });

  test('omits unknown facts', () => {
    const causeOf = (message: ExplanationMessage) => formatExplanation(message).cause;
    expect(causeOf({ kind: 'oom-killed', container, limit: undefined })).toBe('web was OOMKilled.');
    expect(causeOf({ kind: 'first-crash', container, exits: undefined })).toMatch(/^The first restart/);
    expect(formatExplanation({ kind: 'init-not-finished', container, name: undefined }).fix).toBeUndefined();
  });
});
