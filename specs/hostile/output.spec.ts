import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { parse } from 'yaml';
import { follow } from '../../src/cli/run/follow';
import { inFormat } from '../../src/gate/formats';
import { htmlOf } from '../../src/gate/formats/html';
import { asMarkdown } from '../../src/gate/formats/markdown';
import type { GateReport } from '../../src/gate/gateResult';
import { traceEvents } from '../../src/report/chart/traceEvents';
import { podRecord } from '../../src/report/record/podRecord';
import { RuntimeError } from '../../src/runtime/runtimeError';
import { problemsInJUnit } from '../unit/gate/formats/xmllint';
import { COMMANDS, GOOD } from './commands';
import { actedOn, PAYLOADS } from './payloads';

const NAMES = Object.keys(PAYLOADS);
const OPTIONS = { version: '1.2.3', folder: process.cwd(), paint: (_: string, text: string) => text };

const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-output-'));
afterAll(() => rmSync(folder, { recursive: true }));

function payload(name: string): string {
  return PAYLOADS[name] ?? '';
}

/** Returns a report that contains the text in each place that a manifest, an app or an engine controls. */
function reportWith(text: string): GateReport {
  const answer = {
    outcome: 'failed',
    messageId: 'recovers/not-ready-again',
    sentence: `web fails: ${text}`,
    container: text,
    field: `metadata.labels[${text}]`,
    position: { file: `k8s/${text}.yaml`, line: 1, column: 1, text, width: 1 },
    advice: text,
    evidence: `> +1.0s  web  Unhealthy  ${text}\n${text}`,
    patch: { yaml: `spec: ${text}\n`, sum: text },
  } as const;
  const check = { check: 'recovers', title: 'the pod is Ready again', outcome: 'failed', answers: [answer] } as const;
  const verdict = {
    workload: `Pod/${text}`,
    source: text,
    outcome: 'failed',
    checks: [check],
    notChecked: [{ what: text, why: text }],
  } as const;
  return { outcome: 'failed', verdicts: [verdict], times: { totalMs: 900, podsMs: 0, ownMs: 900 } };
}

/** Returns a pod that prints the text and returns it to its probes. */
function podWith(text: string) {
  const pod = simulatePod(parse(GOOD), {
    web: [
      { at: '0s', stdout: text },
      { at: '0s', http: { 8080: { '/': { status: 500, body: text } } } },
      { at: '3s', exit: 1 },
    ],
  });
  pod.advance('9s');
  return pod;
}

describe.each(NAMES)('%s from a manifest or an app', (name) => {
  const text = payload(name);
  const report = reportWith(text);

  test('is harmless in the text of the gate', async () => {
    expect(actedOn(await inFormat('text', report, OPTIONS))).toEqual([]);
  });

  test('is harmless in the JSON of the gate', async () => {
    const json = await inFormat('json', report, OPTIONS);
    expect(actedOn(json)).toEqual([]);
    expect(JSON.parse(json).verdicts[0].checks[0].answers[0].advice).toBe(text);
  });

  test('is harmless in the JUnit report', async () => {
    const xml = await inFormat('junit', report, OPTIONS);
    expect(actedOn(xml)).toEqual([]);
    expect(xml.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '')).not.toMatch(/<(?:skipped|script|img)/);
  });

  test('is harmless in SARIF and its Markdown', async () => {
    const sarif = await inFormat('sarif', report, OPTIONS);
    expect(actedOn(sarif)).toEqual([]);
    const { message } = JSON.parse(sarif).runs[0].results[0];
    expect([actedOn(message.text), actedOn(message.markdown)]).toEqual([[], []]);
    const [sentence, fence] = message.markdown.split('\n\n', 2);
    expect(sentence).not.toMatch(/[<@[\]!|]|:\/\//);
    // The block contains no fence as long as its own.
    const [ticks] = fence.split('text', 1);
    expect(message.markdown.split('\n').filter((line: string) => line.trim() === ticks)).toHaveLength(1);
  });

  test('is harmless in the annotations of GitHub', async () => {
    const lines = (await inFormat('github', report, OPTIONS)).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^::error file=[^,:]*,line=1,col=1,endColumn=2,title=[^,:]*::/);
    expect(lines[1]).toMatch(/^::notice title=[^,:]*::/);
    expect(actedOn(lines.map((line) => line.replace(/^::(error|notice)/, '')).join(''))).toEqual([]);
  });

  test('is harmless in the summary of a job', () => {
    const summary = asMarkdown(report);
    expect(actedOn(summary)).toEqual([]);
    const own = summary.replace(/<details>[\s\S]*?<\/details>/g, '');
    expect(own).not.toMatch(/<(?!br>)|!\[|@everyone|:\/\//);
    expect(own.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(3);
  });

  test('is harmless in the HTML report of the gate', () => {
    const page = htmlOf(report);
    expect(page).not.toMatch(/<script>alert|<img|onmouseover="/);
    expect(actedOn(page)).toEqual([]);
    expect(page).toContain(
      'http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-',
    );
  });

  test('is harmless in the HTML report, the record and the trace of a pod', () => {
    const pod = podWith(text);
    const page = pod.timeline.toHTML();
    expect(page).not.toMatch(/<script>alert|<img|onmouseover="/);
    const record = podRecord(pod, { kind: 'simulated', manifest: 'sha256:0' });
    expect(actedOn(page)).toEqual([]);
    expect(actedOn(traceEvents({ version: 1, pods: [record] }))).toEqual([]);
  });

  test('is harmless in the message of a matcher, and in the timeline', async () => {
    const pod = podWith(text);
    const failure = await expect(pod)
      .toBecomeReady({ within: '1s' })
      .then(
        () => 'it passed',
        (error: Error) => error.message,
      );
    expect(failure).toContain('Ready');
    expect([actedOn(failure), actedOn(String(pod.timeline))]).toEqual([[], []]);
    await expect(pod)
      .toLog('a', { since: 'start', within: '1s' })
      .catch(() => {});
    const logged = await expect(pod)
      .not.toLog(/[\s\S]/, { since: 'start', within: '1s' } as never)
      .then(
        () => '',
        (error: Error) => error.message,
      );
    expect(actedOn(logged)).toEqual([]);
  });

  test('is harmless in the output of run', () => {
    const told: string[] = [];
    const pod = podWith(text);
    follow(pod as never, { events: true, logs: true, kubernetesVersion: '1.36' }, (line) => void told.push(line))();
    expect(told.some((line) => line.startsWith('[pod/web/web]'))).toBe(true);
    expect(actedOn(told.join('\n'))).toEqual([]);
  });

  test('is harmless in the name of a field and of a file', async () => {
    const own = mkdtempSync(path.join(folder, 'k8s-'));
    const file = `${text.replaceAll(/[/\0]/g, '').slice(0, 60)}.yaml`;
    writeFileSync(path.join(own, file), `${GOOD}    ${JSON.stringify(text)}: 1\n`);
    for (const command of ['gate', 'lint', 'explain'] as const) {
      const { stdout, stderr } = await COMMANDS[command]({ file: [own] });
      expect(stdout + stderr).toMatch(/unknown field/);
      expect(actedOn(stdout + stderr)).toEqual([]);
    }
  });

  test('is harmless in the errors of an engine or a build', () => {
    const error = new RuntimeError(`image ${text}`, `the build failed: ${text}\n${text}`);
    expect([actedOn(error.message), actedOn(error.where)]).toEqual([[], []]);
  });
});

test('all of them together form valid XML in the JUnit report', async () => {
  const verdicts = NAMES.flatMap((name) => reportWith(payload(name)).verdicts);
  const xml = await inFormat('junit', { ...reportWith(''), verdicts }, OPTIONS);
  expect(await problemsInJUnit(xml)).toEqual([]);
});

describe('in GitHub Actions', () => {
  const lint = (env: NodeJS.ProcessEnv, format: string) =>
    spawnSync(process.execPath, ['dist/cli.mjs', 'lint', '-', '--format', format], {
      input: `${GOOD}    "\\n::error::owned": 1\n`,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });

  test('a text cannot guess the token that ends stop-commands', () => {
    const tokens = [1, 2].map(() => {
      const { stdout } = lint({ GITHUB_ACTIONS: 'true' }, 'text');
      const [, token = ''] = /^::stop-commands::([0-9a-f-]{36})\n/.exec(stdout) ?? [];
      expect(stdout.endsWith(`\n::${token}::\n`)).toBe(true);
      return token;
    });
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  test('a document stays intact for other programs', () => {
    expect(JSON.parse(lint({ GITHUB_ACTIONS: 'true' }, 'json').stdout)).toMatchObject({ problems: [{}] });
  });
});
