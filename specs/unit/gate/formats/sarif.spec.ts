import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Ajv from 'ajv';
import type { Log, Result } from 'sarif';
import { asSARIF } from '../../../../src/gate/formats/sarif';
import type { GateReport, TargetReport } from '../../../../src/gate/gateResult';
import { faultyReport, one } from './faulty';

const FOLDER = '/home/me/shop';
const schema = JSON.parse(readFileSync(path.join(__dirname, 'sarif.schema.json'), 'utf8'));
const isSARIF = new Ajv().compile(schema);

const logOf = (report: GateReport): Log => JSON.parse(asSARIF(report, { version: '1.2.3', folder: FOLDER }));
const runOf = (report: GateReport) => logOf(report).runs[0];
const resultOf = (...asked: Parameters<typeof one>): Result | undefined => runOf(one(...asked))?.results?.[0];

describe('asSARIF', () => {
  test('matches the schema of SARIF 2.1.0', async () => {
    isSARIF(logOf(await faultyReport()));
    expect(isSARIF.errors).toBeNull();
    isSARIF(logOf(one({})));
    expect(isSARIF.errors).toBeNull();
    expect(isSARIF({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  test('lists the tool, its version and each rule once, in order', async () => {
    const driver = runOf(await faultyReport())?.tool.driver;
    const ids = driver?.rules?.map(({ id }) => id) ?? [];
    expect([driver?.name, driver?.version]).toEqual(['jest-kubelet', '1.2.3']);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(ids).toContain('lint/liveness-without-startup');
    expect(driver?.rules?.find(({ id }) => id === 'terminates-in-grace')?.help?.text).toBe(
      'See jest-kubelet/docs/gate.md#terminates-in-grace',
    );
  });

  test('contains a rule for each result', async () => {
    const { results = [], tool } = runOf(await faultyReport()) ?? {};
    const ids = tool?.driver.rules?.map(({ id }) => id);
    expect(results.filter(({ ruleId }) => !ids?.includes(ruleId ?? ''))).toEqual([]);
  });

  test('maps severities to levels, and checks that were not run to warnings', () => {
    const levelOf = (severity: TargetReport['severity'], outcome: TargetReport['outcome'] = 'failed') =>
      resultOf({ ...(severity && { severity }) }, outcome)?.level;
    expect([levelOf('error'), levelOf('warning'), levelOf('info')]).toEqual(['error', 'warning', 'note']);
    expect([levelOf(undefined), levelOf(undefined, 'notRun')]).toEqual(['error', 'warning']);
  });

  test('contains warnings of a passed check, but no passed check without one', () => {
    expect(runOf(one({ severity: 'warning' }, 'passed'))?.results).toHaveLength(1);
    expect(runOf(one({}, 'passed'))?.results).toEqual([]);
  });

  test('maps gaps to notifications', () => {
    const report = one({}, 'passed');
    const [verdict] = report.verdicts;
    const gap = { what: 'requests', why: 'no Service selects the pod' };
    const verdicts = verdict ? [{ ...verdict, notChecked: [gap] }] : [];
    expect(runOf({ ...report, verdicts })?.invocations?.[0]?.toolExecutionNotifications).toEqual([
      { level: 'note', message: { text: 'Pod/shop: not checked: requests: no Service selects the pod' } },
    ]);
  });
});

describe('location of a SARIF result', () => {
  const position = { file: `${FOLDER}/k8s/web 1.yaml`, line: 3, column: 5, text: '', width: 4 };
  const placeOf = (more: Partial<typeof position>) =>
    resultOf({ position: { ...position, ...more } })?.locations?.[0]?.physicalLocation;

  test('contains a relative URI, and the region in columns', () => {
    expect(placeOf({})).toEqual({
      artifactLocation: { uri: 'k8s/web%201.yaml' },
      region: { startLine: 3, startColumn: 5, endColumn: 9 },
    });
  });

  test('contains the absolute path of a file outside the folder', () => {
    expect(placeOf({ file: '/elsewhere/web.yaml' })?.artifactLocation?.uri).toBe('/elsewhere/web.yaml');
  });

  test('covers at least one character', () => {
    expect(placeOf({ width: 0 })?.region?.endColumn).toBe(6);
  });

  test('contains only the field if the manifest was read from stdin', () => {
    const found = resultOf({ field: 'spec.restartPolicy', position: { ...position, file: '<stdin>' } });
    expect(found?.locations).toEqual([
      { logicalLocations: [{ fullyQualifiedName: 'Pod/shop: spec.restartPolicy', kind: 'object' }] },
    ]);
  });
});

test('escapes texts of an app in the message of a SARIF result', () => {
  const message = resultOf({ sentence: 'see [x](http://y) \u001b[31m!', evidence: '```\nweb' })?.message;
  expect(message?.text).toBe('see [x](http://y) !');
  expect(message?.markdown).not.toContain('[x](');
  expect(message?.markdown).toContain('````text\n```\nweb\n````');
});
