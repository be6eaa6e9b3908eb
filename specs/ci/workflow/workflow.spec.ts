import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { StubbedJob } from './stubs';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: unknown;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: { readonly node: readonly string[]; readonly os?: readonly string[] } };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<'everything' | 'portable' | 'commits', Job>>;
}

const ROOT = path.join(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const TEXT = read('.github/workflows/ci.yml');
const WORKFLOW = parse(TEXT) as Workflow;
const JOBS = Object.values(WORKFLOW.jobs);
const STEPS = JOBS.flatMap(({ steps }) => steps);
const SCRIPTS = STEPS.flatMap(({ run }) => run ?? []);
const PACKAGE = JSON.parse(read('package.json')) as {
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
};

/** Returns what GitHub's parser finds wrong with each of these workflows. */
function problemsIn(texts: readonly string[]): readonly (readonly string[])[] {
  const program = path.join(__dirname, 'problems.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [program], { input: JSON.stringify(texts), encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** Mistakes that the parser must report, so that its silence means something. */
const MISTAKES = [
  ['runs-on:', 'run-on:', "Unexpected value 'run-on'"],
  ['github.workflow }}', 'gitub.workflow }}', "Unrecognized named-value: 'gitub'"],
  ['timeout-minutes: 90', 'timeout-minutes: soon', "Unexpected value 'soon'"],
] as const;

describe('ci.yml', () => {
  test('passes the parser of GitHub, which reports planted mistakes', () => {
    const mistaken = MISTAKES.map(([right, wrong]) => TEXT.replace(right, wrong));
    expect(problemsIn([TEXT, ...mistaken])).toEqual([
      [],
      ...MISTAKES.map(([, , problem]) => expect.arrayContaining([expect.stringContaining(problem)])),
    ]);
  });

  test('grants read access only, and limits the time of each job', () => {
    expect(WORKFLOW.permissions).toEqual({ contents: 'read' });
    expect(WORKFLOW.concurrency.group).toContain('github.ref');
    expect(JOBS.filter((job) => job['timeout-minutes'] === undefined)).toEqual([]);
  });

  test('pins each action to a major version', () => {
    const actions = STEPS.flatMap(({ uses }) => uses ?? []);
    expect(actions.filter((action) => !/^actions\/[a-z-]+@v\d+$/.test(action))).toEqual([]);
  });

  test('runs on the oldest supported Node and on Node 24', () => {
    const oldest = PACKAGE.engines.node.replace('>=', '');
    const { everything, portable } = WORKFLOW.jobs;
    for (const { strategy } of [everything, portable]) expect(strategy?.matrix.node).toEqual([oldest, '24']);
  });

  test('names only npm scripts that exist', () => {
    const named = SCRIPTS.flatMap((script) =>
      [...script.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name = '']) => name),
    );
    expect(named).toEqual(expect.arrayContaining(['setup', 'test', 'test:more', 'test:portable']));
    expect(named.filter((name) => name !== 'ci' && !(name in PACKAGE.scripts))).toEqual([]);
  });

  test('completes each shell step', () => {
    for (const { steps } of JOBS) {
      using job = new StubbedJob();
      for (const { run } of steps) if (run) expect(job.run(run)).toMatchObject({ code: 0, stderr: '' });
    }
  });

  test.each(['run setup', 'run setup -- --check'])('fails if npm %s fails', (command) => {
    using job = new StubbedJob();
    const step = WORKFLOW.jobs.everything.steps.find(({ run }) => run?.includes('npm run setup'));
    const { code, commands } = job.run(step?.run ?? '', command);
    expect([code, commands.at(-1)]).toEqual([1, `npm ${command}`]);
  });

  test.each([
    ['test -- --totals=reports/test.json', 'npm test'],
    ['run test:more -- --totals=reports/more.json', 'npm run test:more'],
  ])('fails if npm %s fails', (command, start) => {
    using job = new StubbedJob();
    job.run('mkdir reports');
    const step = WORKFLOW.jobs.everything.steps.find(({ run }) => run?.includes(start));
    expect(job.run(step?.run ?? '', command)).toMatchObject({ code: 1, commands: [`npm ${command}`] });
  });

  test('checks the subjects of new commits on a checkout with full history', () => {
    const { steps } = WORKFLOW.jobs.commits;
    expect(steps[0]?.with).toEqual({ 'fetch-depth': 0 });
    expect(steps.at(-1)).toMatchObject({
      env: {
        RANGE: `\${{ github.event.pull_request.base.sha || github.event.before }}..\${{ github.event.pull_request.head.sha || github.sha }}`,
      },
      run: 'npm run voice:commits -- "$RANGE"',
    });
  });

  test('uploads the reports only if a step failed', () => {
    const uploads = STEPS.filter(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(uploads.map((step) => step.if)).toEqual([`\${{ failure() }}`]);
  });
});
