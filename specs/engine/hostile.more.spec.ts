import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OWNER_LABEL } from '../../src/runtime/docker/engine/labels';
import { Project, type Run } from '../package/runners/project';
import { describeOnEngine } from './onEngine';

const TESTS = readFileSync(path.join(__dirname, 'hostileTests.cjs'), 'utf8');
const NAMES = [...TESTS.matchAll(/^test\('(.*)',/gm)].map(([, name = '']) => name);

// A worker that has run a hundred specs collects garbage late, so its growth says nothing about these pods.
describeOnEngine('a hostile app in a separate Jest process', () => {
  let project: Project;
  let run: Run;

  beforeAll(async () => {
    project = new Project({ 'hostile.test.js': TESTS }, { globals: { OWNER_LABEL } });
    for (const name of ['@jest/globals', 'testcontainers']) project.link(name);
    run = await project.jest('--runInBand', '--testTimeout=170000');
    // Each test must run. If the file cannot run, the error is in the output.
    if (Object.keys(run.statuses).join() !== NAMES.join()) throw new Error(run.stderr);
  });
  afterAll(() => project[Symbol.dispose]());

  test.each(NAMES)('%s', (name) => {
    expect([run.statuses[name], run.failureOf(name)]).toEqual(['passed', '']);
  });
});
