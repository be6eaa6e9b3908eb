import { describe, expect, test } from '@jest/globals';
import { adviceOn } from '../../../../src/report/incident/note';
import type { OnTerm, ScriptEntry } from '../../../../src/runtime/scripted/script';
import { failures, outcomes, pod, sentenceOf } from '../gateOf';

const PATHS = { '/': 200, '/healthz': 200 };
const subject = {
  backend: { publishNotReadyAddresses: false, targetPort: 8080, ports: [{ targetPort: 8080 }] },
  endpointRemovalDelay: '2s' as const,
};

/** Returns a run of a pod without a preStop hook, which gets SIGTERM immediately. */
function dropping(onTerm: OnTerm, paths: NonNullable<ScriptEntry['http']>[string] = PATHS) {
  const app = { web: [{ at: '0s', http: { '8080': paths }, onTerm }] };
  return { spec: pod({ lifecycle: undefined }), app, subject };
}

async function drops(onTerm: OnTerm, paths?: NonNullable<ScriptEntry['http']>[string]) {
  const [failure] = await failures('drains', dropping(onTerm, paths));
  const { cause, record } = failure ?? {};
  return { sentence: failure && sentenceOf(failure), cause, advised: record && adviceOn(record) };
}

const to503 = (...paths: readonly string[]) => ({ '8080': Object.fromEntries(paths.map((path) => [path, 503])) });

describe('check drains with a cause', () => {
  test('names the status that a terminating container returns to its clients', async () => {
    const found = await drops({ exitAfter: '6s', code: 0, http: to503('/', '/healthz') });
    expect(found).toMatchObject({
      cause: 'fails-requests-after-signal',
      sentence: expect.stringMatching(/\. web returns 503 to clients, starting \d+ms after SIGTERM\.$/),
      advised: {
        cause: 'fails-requests-after-signal',
        advice: expect.stringMatching(/^Clients keep sending requests after SIGTERM.*preStop/),
      },
    });
  });

  test('counts an in-flight request with an error among those', async () => {
    const slow = { status: 200, takes: '200ms' };
    const found = await drops(
      { exitAfter: '6s', code: 0, http: { '8080': { '/': { status: 503, takes: '100ms' } } } },
      { ...PATHS, '/': slow },
    );
    expect(found.cause).toBe('fails-requests-after-signal');
    expect(found.advised?.cause).toBe('fails-requests-after-signal');
  });

  test('names the cause of most drops if requests get errors and lost responses', async () => {
    const briefly = await drops({ exitAfter: '300ms', code: 0, http: to503('/') });
    expect(briefly).toMatchObject({ cause: 'stops-before-clients', advised: { cause: 'stops-before-clients' } });
    expect(briefly.sentence).toMatch(/web returns 503 to clients, starting .*\. web exits 300ms after its stop signal/);
    const long = await drops({ exitAfter: '1800ms', code: 0, http: to503('/') });
    expect(long).toMatchObject({ cause: 'fails-requests-after-signal' });
    expect(long.sentence).toMatch(/web returns 503 to clients, starting .*\. web exits 1\.8s after its stop signal/);
  });

  test('mentions no errors if the container only stops', async () => {
    const found = await drops({ exitAfter: '0s', code: 0 });
    expect(found.cause).toBe('stops-before-clients');
    expect(found.sentence).not.toContain('answers clients');
  });

  test('passes if only the readiness path returns errors after SIGTERM', async () => {
    const { drains } = await outcomes(dropping({ exitAfter: '6s', code: 0, http: to503('/healthz') }));
    expect(drains).toMatch(/^passed/);
  });
});
