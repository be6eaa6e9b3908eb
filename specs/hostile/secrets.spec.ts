import { describe, expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { hiderOf } from '../../src/masking/masker';
import { ExecError } from '../../src/pod/shared/execError';
import { traceEvents } from '../../src/report/chart/traceEvents';
import { podRecord } from '../../src/report/record/podRecord';
import { LineSplitter, maskLine } from '../../src/runtime/logLine';
import { hideIn } from '../../src/timeline/hideIn';
import { COMMANDS } from './commands';
import { FORMS, TELLTALE, VALUE } from './secretForms';

const NAMES = Object.keys(FORMS);
const SECRET = `apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: ${JSON.stringify(VALUE)}}
`;
const POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  restartPolicy: Never
  containers:
  - name: web
    image: web:1
    readinessProbe: {exec: {command: [check]}, periodSeconds: 1}
`;
/** Checks that start no pod. */
const UNSTARTED = { only: ['valid', 'lint'] } as const;

const hide = hiderOf({ secrets: { db: { password: VALUE } } });

function form(name: string): string {
  return FORMS[name] ?? '';
}

/** Returns a pod that prints the text and returns it to its probe. */
function podWith(text: string) {
  const pod = simulatePod(`${SECRET}---\n${POD}`, {
    web: [
      { at: '0s', stdout: `login with ${text} now` },
      { at: '0s', exec: { check: { code: 1 } } },
      { at: '5s', exit: 1 },
    ],
  });
  void pod.note(`no login with ${text}`);
  pod.advance('9s');
  return pod;
}

describe.each(NAMES)('the value of a Secret %s', (name) => {
  const pod = podWith(form(name));

  test('is masked in the log of a pod', () => {
    const lines = pod.timeline.output.lines;
    expect(lines.map(({ text }) => text)).toEqual([expect.stringMatching(/^login with .*\*\*\*.* now$/)]);
    expect(JSON.stringify(lines)).not.toMatch(TELLTALE);
    expect(Object.values(lines[0] ?? {}).join()).not.toMatch(TELLTALE);
  });

  test('is masked in the output of a probe, a hook and the test', () => {
    const text = `no login with ${form(name)}`;
    const event = {
      kind: 'Unhealthy',
      message: text,
      output: text,
      failure: text,
      args: [text],
      status: { message: text },
    };
    expect(JSON.stringify(hideIn(event, hide))).not.toMatch(TELLTALE);
    expect(JSON.stringify(pod.timeline.of('TestActed'))).toContain('no login with ');
    expect(JSON.stringify(pod.timeline.events)).not.toMatch(TELLTALE);
  });

  test('is masked in messages, charts, pages, records and traces', async () => {
    const failure = await expect(pod)
      .toBecomeReady({ within: '1s' })
      .then(() => '', String);
    expect(failure).toContain('Ready');
    const record = podRecord(pod, { kind: 'simulated', manifest: 'sha256:0' });
    const trace = traceEvents({ version: 1, pods: [record] });
    const told = [failure, String(pod.timeline), pod.timeline.toHTML(), JSON.stringify(record), trace];
    expect(told.filter((one) => TELLTALE.test(one))).toEqual([]);
  });

  test('is masked in the error of a command that prints it', () => {
    const error = new ExecError('web', ['login', form(name)], { exitCode: 1, output: form(name) }, hide);
    expect(error.message).not.toMatch(TELLTALE);
    expect(JSON.stringify({ ...error })).not.toMatch(TELLTALE);
  });
});

describe('the value of a Secret', () => {
  test.each([4, 7, 11, 15])('is masked if a long line is cut after %i bytes of it', (before) => {
    const splitter = new LineSplitter();
    const line = Buffer.from(`${'x'.repeat(16_384 - before)}${VALUE} the end`);
    const of = { container: 'web', attempt: 0, stream: 'stdout' } as const;
    const parts = [...splitter.split(line), ...splitter.rest()];
    const shown = parts.map((part) => maskLine({ ...of, ...part }, hide).text);
    expect(shown).toHaveLength(2);
    expect(shown).toEqual([expect.stringMatching(/^x+\*\*\*$/), '*** the end']);
  });

  test.each([4, 9, 14])('is masked if a long response is cut after %i characters of it', (count) => {
    expect(hide(`${'x'.repeat(10_240 - count)}${VALUE.slice(0, count)}`)).toMatch(/x\*\*\*$/);
  });

  test('is masked at the start of a long log', () => {
    expect(hide(`${VALUE.slice(3)}${'x'.repeat(9_000)}`)).toMatch(/^\*\*\*x/);
  });

  test('is masked if the app prints one of its lines', () => {
    const pem = `-----BEGIN KEY-----\n${'QWxhZGRpbjpvcGVuIHNlc2FtZQ'.repeat(2)}\nc2VzYW1lIG9wZW4xMjM0\n-----END KEY-----\n`;
    const hidden = hiderOf({ secrets: { tls: { key: pem } } });
    expect(hidden('key c2VzYW1lIG9wZW4xMjM0!')).toBe('key ***!');
    expect(hidden(JSON.stringify({ key: pem }))).toBe('{"key":"***"}');
  });

  test('is masked if it is long, and base64 breaks its lines', () => {
    const long = 'a long value '.repeat(20);
    const hidden = hiderOf({ secrets: { db: { long } } });
    const lines =
      Buffer.from(long)
        .toString('base64')
        .match(/.{1,76}/g) ?? [];
    expect(lines.map((line) => hidden(line))).toEqual(lines.map(() => '***'));
  });

  test.each([
    ['as it is', (bytes: Buffer) => bytes.toString('utf8')],
    ['as Latin-1', (bytes: Buffer) => bytes.toString('latin1')],
    ['in base64', (bytes: Buffer) => bytes.toString('base64')],
    ['in hexadecimal digits', (bytes: Buffer) => bytes.toString('hex')],
    ['by the text in it', () => 'keystore-alias'],
    ['in base64 of more', (bytes: Buffer) => Buffer.concat([Buffer.from('x'), bytes]).toString('base64')],
  ])('is masked if it is binary, and printed %s', (_, write) => {
    const bytes = Buffer.concat([
      Buffer.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 1]),
      Buffer.from('keystore-alias'),
      Buffer.from([0x80, 0xff, 0x07]),
    ]);
    const hidden = hiderOf({ secrets: { tls: { store: { base64: bytes.toString('base64') } } } });
    const shown = hidden(`[${write(bytes)}]`);
    expect(shown).toContain('***');
    expect(shown).not.toMatch(/keystore|a2V5c3RvcmU|6b657973746f7265/);
  });

  test('does not mask the kind of an event with the same text', () => {
    const pod = simulatePod(`${SECRET.replace(JSON.stringify(VALUE), 'ContainerStarted')}---\n${POD}`, {
      web: [{ at: '1s', stdout: 'ContainerStarted', exit: 0 }],
    } as never);
    pod.advance('9s');
    expect(pod.timeline.of('ContainerStarted')).toHaveLength(1);
    expect(pod.timeline.output.lines.map(({ text }) => text)).toEqual(['***']);
  });
});

/** Invalid manifests, whose messages show a line of them. */
const KINDS: Readonly<Record<string, string>> = {
  'written in escapes': 'kind: "\\x53ecret"',
  'written on the next line': 'kind:\n  Secret',
  'written as a complex key': '? kind\n: Secret',
  'written with an anchor': 'kind: &k Secret',
  'written as a block': 'kind: >-\n  Secret',
  misspelled: 'kind: Secrets',
  'written in lowercase': 'kind: secret',
};

describe.each(Object.keys(KINDS))('a Secret whose kind is %s', (name) => {
  const head = `apiVersion: v1\n${KINDS[name]}\nmetadata: {name: db}\n`;

  test.each([
    ['an unknown field', `stringDate: {password: ${JSON.stringify(VALUE)}}\n`],
    ['a value that is no text', `stringData: {password: [${JSON.stringify(VALUE)}]}\n`],
    ['a key that is set twice', `stringData: {a: ${JSON.stringify(VALUE)}, a: ${JSON.stringify(VALUE)}}\n`],
    ['YAML that is broken', `stringData: {password: ${JSON.stringify(VALUE)}\n`],
    ['base64 that is none', `data: {password: ${JSON.stringify(VALUE)}}\n`],
  ])('is masked in messages about %s', async (_, rest) => {
    for (const command of ['gate', 'lint', 'explain'] as const) {
      const { stdout, stderr } = await COMMANDS[command](
        { file: ['-'], ...(command === 'gate' && UNSTARTED) },
        `${POD}---\n${head}${rest}`,
      );
      expect(stdout + stderr).not.toBe('');
      expect(stdout + stderr).not.toMatch(TELLTALE);
    }
    const { stdout } = await COMMANDS.lint({ file: ['-'], format: 'json' }, `${POD}---\n${head}${rest}`);
    expect(stdout).not.toMatch(TELLTALE);
  });
});

test('the value of a Secret is masked elsewhere in the manifest', async () => {
  const pod = `${POD}    env: [{name: PASSWORD, value: ${JSON.stringify(VALUE)}, valu: 1}]\n`;
  for (const format of ['text', 'json'] as const) {
    const { stdout, stderr } = await COMMANDS.lint({ file: ['-'], format }, `${SECRET}---\n${pod}`);
    expect(stdout + stderr).toContain('unknown field');
    expect(stdout + stderr).not.toMatch(TELLTALE);
  }
  for (const format of ['text', 'json', 'junit', 'sarif', 'github']) {
    const { stdout, stderr } = await COMMANDS.gate(
      { file: ['-'], format: [format], ...UNSTARTED },
      `${SECRET}---\n${pod}`,
    );
    expect(stdout + stderr).toContain('unknown field');
    expect(stdout + stderr).not.toMatch(TELLTALE);
  }
});
