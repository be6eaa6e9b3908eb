import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Project, type Run } from '../package/runners/project';
import { describeOnEngine } from './onEngine';

const ROOT = path.join(__dirname, '../..');
const IMAGE = 'jest-kubelet-example/graceful-node';

/** Returns the ids of the checks whose tests have this status. */
function outcomes({ statuses }: Run, status: string): readonly string[] {
  const titles = Object.entries(statuses).filter(([, each]) => each === status);
  return titles.flatMap(([title]) => /([a-z-]+): /.exec(title)?.[1] ?? []);
}

describeOnEngine('a spec that init --gate writes', () => {
  const runs = new Map<string, Run>();
  let project: Project;

  beforeAll(async () => {
    project = new Project({});
    for (const name of ['graceful', 'careless']) {
      project.write(`${name}.yaml`, readFileSync(path.join(ROOT, `examples/graceful-node/${name}.yaml`), 'utf8'));
      const init = ['init', '--gate', '--yes', `${name}.yaml`];
      execFileSync(process.execPath, [path.join(ROOT, 'dist/cli.mjs'), ...init], { cwd: project.dir });
      const spec = `${name}.gate.spec.js`;
      project.write(spec, project.read(spec).replace('example.com/web', IMAGE));
    }
    await Promise.all(['graceful', 'careless'].map(async (name) => runs.set(name, await project.jest(`${name}.gate`))));
  });
  afterAll(() => project[Symbol.dispose]());

  const run = (name: string) => {
    const found = runs.get(name);
    if (!found) throw new Error(`${name} has not run`);
    return found;
  };

  test('passes for a service that shuts down gracefully', () => {
    const { code, told } = run('graceful');
    expect(told.testResults.map(({ message }) => message)).toEqual(['']);
    expect(code).toBe(0);
    expect(outcomes(run('graceful'), 'passed')).toEqual([
      'valid',
      'lint',
      'ready-in-budget',
      'stays-ready',
      'restart-policy',
      'terminates-in-grace',
      'drains',
      'readiness-leaves-endpoints',
      'liveness-detects-hang',
      'recovers',
      'startup-gates',
      'liveness-detects-crash',
      'recovers',
    ]);
  });

  test('fails the expected checks for a careless service, with the exit code of npm', () => {
    expect(outcomes(run('careless'), 'failed')).toEqual(['terminates-in-grace', 'drains']);
    const failure = run('careless').failureOf(
      'undisturbed then deleted, while clients keep sending requests drains: the deleted pod drops no requests',
    );
    expect(failure).toMatch(/Received: \d+ of \d+ requests dropped/);
  });
});
