import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { PODS, Project } from './project';

const RUNS = `
const { simulated } = require('./pods');
const { existsSync } = require('node:fs');
test('runs', async () => {
  await expect(simulated()).toBecomeReady();
  process.stderr.write('runs\\n');
  // Not a moment longer than the spec, should that be killed.
  while (!existsSync(__dirname + '/go') && process.kill(${process.pid}, 0)) await new Promise((end) => setTimeout(end, 20));
});
`;
const PASSES = "test('passes', () => {});";

test('an interrupted run removes its temporary files', async () => {
  using project = reportingProject();
  const run = await running(project);
  run.kill('SIGINT');
  expect(await once(run, 'exit')).toEqual([null, 'SIGINT']);
  expect(listRecords(project)).toEqual([]);
});

test('the next run removes the temporary files of a killed run, and no others', async () => {
  using project = reportingProject();
  const killed = await running(project);
  const [left] = listRecords(project);
  const neighbor = await running(project);
  try {
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(listRecords(project)).toEqual(expect.arrayContaining([left]));
    expect(listRecords(project)).toHaveLength(2);

    await project.jest('passes');
    expect(listRecords(project)).toHaveLength(1);
    expect(listRecords(project)).not.toContain(left);
  } finally {
    project.write('go', '');
    await once(neighbor, 'exit');
  }
  expect(listRecords(project)).toEqual([]);
});

/** Returns a project with the reporter and its own temporary files. */
function reportingProject(): Project {
  const project = new Project(
    { 'pods.js': PODS, 'runs.test.js': RUNS, 'passes.test.js': PASSES },
    { reporters: ['default', 'jest-kubelet/reporter'] },
  );
  mkdirSync(tmpOf(project));
  project.env = { TMPDIR: tmpOf(project) };
  return project;
}

function tmpOf({ dir }: Project): string {
  return path.join(dir, 'tmp');
}

function listRecords(project: Project): readonly string[] {
  return readdirSync(tmpOf(project)).filter((name) => name.startsWith('jest-kubelet-records-'));
}

/** Starts a run with the reporter, and waits until its only test has begun. */
async function running(project: Project) {
  const jest = project.start('-i', 'runs');
  await begun(jest.stderr);
  // Unread output would fill the pipe.
  jest.stderr.resume();
  return jest;
}

async function begun(stderr: Readable): Promise<void> {
  for await (const line of createInterface(stderr)) if (line === 'runs') return;
  throw new Error('Jest exited without a test');
}
