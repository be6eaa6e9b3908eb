import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '../..');
const ENGINE = path.join(ROOT, 'specs/engine');

/** Calls a function of a script, which is an ES module, with arguments that JSON can hold. */
function call(file: string, name: string, ...args: readonly unknown[]): unknown {
  const url = pathToFileURL(path.join(ROOT, 'scripts/engines', file));
  const program = `import * as it from '${url}'; console.log(JSON.stringify(it.${name}(...${JSON.stringify(args)})))`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8', stdio: 'pipe' }),
  );
}

/** Returns what a script exports under a name. */
function readExport<T>(file: string, name: string): T {
  return call(file, `${name}.valueOf`) as T;
}

const HEADER = `| Name | Engine | cgroup | Architecture | Passed | Failed | Not applicable | Date |
|---|---|---|---|---|---|---|---|
`;
const NAMES = ['docker20', 'docker26', 'docker26-v2'];

const row = (name: string, more: object = {}) => ({
  ...{ name, engine: 'Docker 26.1.5', cgroup: 'v2', architecture: 'x86_64', date: '2026-11-29' },
  ...{ specs: { passed: 210, failed: 1 }, gates: { passed: 3, failed: 0 }, notApplicable: [] },
  ...more,
});
const line = (name: string, notApplicable = '0') =>
  `| \`${name}\` | Docker 26.1.5 | v2 | x86_64 | 210 specs, 3 gates | 1 specs, 0 gates | ${notApplicable} | 2026-11-29 |\n`;

describe('withRow', () => {
  const withRow = (page: string, ...more: readonly unknown[]) => call('row.mjs', 'withRow', page, ...more);

  test('adds the row of an engine and keeps the rest of the page', () => {
    const page = `# Engines\n\n${HEADER}\nMore.\n`;
    expect(withRow(page, row('docker26'), NAMES)).toBe(`# Engines\n\n${HEADER}${line('docker26')}\nMore.\n`);
  });

  test('replaces the older row of the engine and keeps the order of the engines', () => {
    const page = `${HEADER}| \`docker20\` | old |\n${line('docker26-v2')}`;
    const twice = withRow(page, row('docker26'), NAMES);
    expect(twice).toBe(`${HEADER}| \`docker20\` | old |\n${line('docker26')}${line('docker26-v2')}`);
    expect(withRow(`${twice}`, row('docker20'), NAMES)).toBe(`${HEADER}${NAMES.map((name) => line(name)).join('')}`);
  });

  test('counts the specs and gates that are not applicable, by reason', () => {
    const [ports, slow] = ['ports are not forwarded', 'the machine is emulated'];
    const notApplicable = [
      { spec: 'a', reason: ports },
      { spec: 'b', reason: slow },
      { gate: 'c', reason: ports },
    ];
    const page = withRow(HEADER, row('docker26', { notApplicable }), NAMES);
    expect(page).toBe(`${HEADER}${line('docker26', `2: ${ports}; 1: ${slow}`)}`);
  });

  test('rejects a page without the table', () => {
    expect(() => withRow('# Engines\n', row('docker26'), NAMES)).toThrow(
      'docs/engines.md has no table with the columns that a run writes',
    );
  });

  test('matches the table header in docs/engines.md', () => {
    expect(readFileSync(path.join(ROOT, 'docs/engines.md'), 'utf8')).toContain(HEADER);
  });
});

describe('jestArguments', () => {
  test('skips a whole spec file, and a test by its title', () => {
    const notApplicable = [{ spec: 'volumes' }, { spec: 'logs', test: 'is complete (at the exit)' }];
    const [option, pattern = '', ...files] = call(
      'jestArguments.mjs',
      'jestArguments',
      ['logs', 'volumes'],
      [...notApplicable],
    ) as string[];
    expect(files).toEqual(['--runTestsByPath', path.join('specs/engine/logs.spec.ts')]);
    expect(option).toBe('--testNamePattern');
    expect('the output of a container is complete (at the exit)').not.toMatch(new RegExp(pattern));
    expect('the output of a container is complete').toMatch(new RegExp(pattern));
  });

  test('runs all tests if all are applicable', () => {
    expect(call('jestArguments.mjs', 'jestArguments', ['probes/exec'], [])).toEqual([
      '--runTestsByPath',
      path.join('specs/engine/probes/exec.spec.ts'),
    ]);
  });
});

test('jestArguments accepts the path of a spec file', () => {
  const file = 'specs/hostile/engine/parts.more.spec.ts';
  const args = call('jestArguments.mjs', 'jestArguments', [file, 'logs'], []);
  expect(args).toEqual(['--runTestsByPath', path.normalize(file), path.join('specs/engine/logs.spec.ts')]);
});

describe('unexpectedChecks', () => {
  const listUnexpected = (checks: readonly object[], fails: readonly string[]) =>
    call('unexpectedChecks.mjs', 'unexpectedChecks', { verdicts: [{ checks }] }, fails);

  test('expects a check to fail only if it fails on every engine', () => {
    const checks = [
      { check: 'valid', outcome: 'passed' },
      { check: 'drains', outcome: 'notApplicable' },
      { check: 'lint', outcome: 'failed' },
    ];
    expect(listUnexpected(checks, ['lint'])).toEqual([]);
    expect(listUnexpected(checks, [])).toEqual(['lint failed']);
    expect(listUnexpected(checks, ['lint', 'valid'])).toEqual(['valid passed']);
  });

  test('reports a check that did not run', () => {
    expect(listUnexpected([{ check: 'drains', outcome: 'notRun' }], [])).toEqual(['drains notRun']);
  });
});

describe('the selection', () => {
  interface Item {
    readonly spec?: string;
    readonly test?: string;
    readonly gate?: string;
    readonly reason: string;
  }
  const specs = readExport<readonly string[]>('selection.mjs', 'SPECS');
  const gates = readExport<readonly { readonly manifest: string }[]>('selection.mjs', 'GATES');
  const notApplicable = readExport<Readonly<Record<string, readonly Item[]>>>('selection.mjs', 'NOT_APPLICABLE');
  const source = (spec: string) => readFileSync(path.join(ENGINE, `${spec}.spec.ts`), 'utf8');

  test('names existing spec files and manifests', () => {
    expect(specs.filter((spec) => !existsSync(path.join(ENGINE, `${spec}.spec.ts`)))).toEqual([]);
    expect(gates.filter(({ manifest }) => !existsSync(path.join(ROOT, manifest)))).toEqual([]);
  });

  test('gives a reason for each item that is not applicable', () => {
    expect(Object.keys(notApplicable)).toEqual(NAMES);
    for (const { spec, test: title, gate, reason } of Object.values(notApplicable).flat()) {
      expect(reason).toMatch(/^\S.{10,}[^.]$/);
      if (gate !== undefined) expect(gates.map(({ manifest }) => manifest)).toContain(gate);
      else expect(specs).toContain(spec);
      if (title !== undefined) expect(source(spec ?? '').replaceAll('%s', 'direct')).toContain(title);
    }
  });

  test('matches the list of spec files in docs/engines.md', () => {
    const page = readFileSync(path.join(ROOT, 'docs/engines.md'), 'utf8');
    const leftOut = (notApplicable['docker26-v2'] ?? []).filter(({ test: title }) => title === undefined);
    const files = specs.filter((spec) => !leftOut.some((item) => item.spec === spec));
    const [, named = ''] = /On `docker26-v2` these files of `specs\/engine` run: ([^.]*)\./.exec(page) ?? [];
    expect([...named.matchAll(/`([^`]+)`/g)].map(([, file]) => file).toSorted()).toEqual(files.toSorted());
    expect(page).toContain(`The other two engines run all ${specs.length}.`);
  });
});
