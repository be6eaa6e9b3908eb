import { describe, expect, test } from '@jest/globals';
import { formatTest, printedChecks } from '../../../../src/cli/init/formatTest';
import type { CheckStep, Experiment, Step } from '../../../../src/gate/model/experiment';
import { subjectOf, web } from './subject';

const livenessProbe = { httpGet: { path: '/', port: 8080 } };
const subject = subjectOf({ terminationGracePeriodSeconds: 20, containers: [{ ...web, livenessProbe }] });

function check(id: CheckStep['check'], assertion: CheckStep['assertion'], more: Partial<CheckStep> = {}): CheckStep {
  return {
    check: id,
    assertion,
    window: { kind: 'for', ms: 5_000 },
    counts: 'pod',
    waitingFor: { kind: 'ready' },
    ...more,
  };
}
const READY = check('ready-in-budget', { kind: 'startup' });
const RESTARTED = check('liveness-detects-hang', { kind: 'restarted', container: 'web', because: 'liveness' });
const RECOVERED = check('recovers', { kind: 'recovered', container: 'web' });
const DRAINS = check('drains', { kind: 'dropsNoRequests', mayRefuse: [] });
const FREEZE: Step = { do: 'freeze', container: 'web' };
const START: Step = { do: 'start' };

const linesOf = (steps: readonly Step[], more: Partial<Experiment> = {}, isTyped = false) =>
  formatTest(subject, { name: { kind: 'hangs', container: 'web' }, steps, ...more }, isTyped);

describe('formatTest', () => {
  test('prints an experiment with one check as a test with its steps', () => {
    expect(linesOf([START, { do: 'waitUntilReady' }, FREEZE, RESTARTED])).toEqual([
      "test('liveness-detects-hang: the liveness probe restarts a hung container in time', async () => {",
      '  const pod = await start();',
      '  await expect(pod).toBecomeReady();',
      "  await pod.container('web').freeze();",
      "  await expect(pod).toRestart({ container: 'web', because: 'liveness', within: '5s' });",
      expect.stringMatching(/^\}/),
    ]);
  });

  test('ends a test with its last check', () => {
    const lines = linesOf([START, READY, { do: 'freeze', container: 'web' }, { do: 'thaw', container: 'web' }]);
    expect(lines.join('\n')).not.toContain('freeze');
  });

  test('prints nothing without a check', () => {
    expect(linesOf([START, FREEZE])).toEqual([]);
    expect(linesOf([START, check('detected', { kind: 'restarted' })])).toEqual([]);
  });

  test('prints several checks as tests that share the actions before them', () => {
    const lines = linesOf([START, FREEZE, RESTARTED, RECOVERED]);
    const text = lines.join('\n');
    expect(lines.slice(0, 5)).toEqual([
      "describe('web hangs', () => {",
      '  let pod;',
      '  beforeAll(async () => {',
      '    pod = await start();',
      "    await pod.container('web').freeze();",
    ]);
    expect(text.match(/ test\('/g)).toHaveLength(2);
    // The second test may run alone, so it repeats the wait of the first.
    expect(text.split("test('recovers: ")[1]).toContain('toRestart({');
  });

  test('repeats the actions between two checks in the test of the second', () => {
    const text = linesOf([START, READY, FREEZE, RESTARTED]).join('\n');
    const [first, second] = text.split("test('liveness-detects-hang: ");
    expect(first).not.toContain('freeze()');
    expect(second).toMatch(/toBecomeReady\(\);\n.*freeze\(\);\n.*toRestart\(/);
  });

  test('leaves out an action whose condition the awaited assertion meets', () => {
    const thaw: Step = { do: 'thaw', container: 'web', unless: { ...RESTARTED.assertion } };
    expect(linesOf([START, FREEZE, RESTARTED, thaw, RECOVERED]).join('\n')).not.toContain('thaw()');
    const other: Step = { do: 'thaw', container: 'web', unless: { kind: 'restarted', container: 'cache' } };
    expect(linesOf([START, FREEZE, RESTARTED, other, RECOVERED]).join('\n')).toContain('thaw()');
  });

  test('prints the checks of a deleted pod in a separate describe', () => {
    const stopped = check('terminates-in-grace', { kind: 'stoppedInGrace' });
    const text = linesOf([START, READY, { do: 'delete' }, stopped, DRAINS]).join('\n');
    const [, inner = ''] = text.split("describe('then deleted', () => {");
    expect(inner).toMatch(
      /let gone;\n.*beforeAll\(async \(\) => \{\n.*toBecomeReady\(\);\n.*gone = await pod\.delete\(\);/,
    );
    expect(inner).toContain('await expect(gone).toTerminateGracefully();');
  });

  test('declares types for TypeScript', () => {
    const text = linesOf([START, READY, { do: 'delete' }, DRAINS], {}, true).join('\n');
    expect(text).toContain('  let pod: LivePod;');
    expect(text).toContain('    let gone: TerminatedPod<LivePod>;');
  });

  test('sets the timeout of a test if its waits exceed the default', () => {
    const long = check('stays-ready', { kind: 'steadyState' }, { window: { kind: 'for', ms: 301_000 } });
    // 301s, and 30s beside them, in tens of seconds.
    expect(linesOf([START, long]).at(-1)).toBe('}, 340_000);');
    expect(linesOf([START, READY]).at(-1)).toBe('});');
  });

  test('prints a comment if liveness may end the hang of the changed container', () => {
    const change = { container: 'web', fields: {} };
    const steps = [START, FREEZE, RESTARTED];
    expect(linesOf(steps, { change } as unknown as Partial<Experiment>).join('\n')).toContain(
      '// Its own liveness probe',
    );
    expect(linesOf(steps).join('\n')).not.toContain('// Its own liveness probe');
  });

  test('prints parallel checks one after the other', () => {
    const text = linesOf([START, { together: [RESTARTED, RECOVERED] }]).join('\n');
    expect(text.match(/ test\('/g)).toHaveLength(2);
  });
});

describe('printedChecks', () => {
  test('lists each check with a printed test once', () => {
    const experiments: Experiment[] = [
      { name: { kind: 'undisturbed' }, steps: [READY, RESTARTED] },
      {
        name: { kind: 'underTraffic' },
        steps: [RESTARTED, { observe: 'memory', finds: [], counts: 'pod', toResults: () => [] }],
      },
    ];
    expect(printedChecks(experiments)).toEqual(['ready-in-budget', 'liveness-detects-hang']);
  });
});
