import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Project } from '../package/runners/project';
import { explainMissingSmallFolder, SmallFolder } from './smallFolder';

const missing = explainMissingSmallFolder();
if (missing !== undefined) process.stderr.write(`specs/hostile/fullDiskOfJest skipped: ${missing}\n`);
const describeOnSmallDisk = missing === undefined ? describe : describe.skip;

const FULL = 'cannot be written: no space left on device. Free space on its disk, or name a file on another one';
const FULL_TMP = 'cannot be written: no space left on device. Free space on its disk, or set TMPDIR to a folder on';

describeOnSmallDisk('Jest with the reporter on a full disk', () => {
  let small: SmallFolder;
  let project: Project;
  beforeEach(() => {
    small = new SmallFolder(64);
  });
  afterEach(() => {
    project[Symbol.dispose]();
    small[Symbol.dispose]();
  });

  /** Runs one test of a simulated pod, after the code of `before`. */
  function jest(before: string, options: object) {
    const spec = { containers: [{ name: 'web', image: 'web:1' }] };
    const test = `
const { simulatePod } = require('jest-kubelet');
test('runs', () => {
  ${before}
  simulatePod(${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec })}, {}).advance('5s');
});`;
    const reporters = ['default', ['jest-kubelet/reporter', options]];
    project = new Project({ 'a.test.js': test }, { reporters });
    project.env = { TMPDIR: small.dir };
    return project.jest();
  }

  const fill = () => `const fs = require('node:fs');
  try { for (;;) fs.writeFileSync('${small.at('fill')}', ' '.repeat(4096), { flag: 'a' }); } catch {}`;

  test('fails at the start if the temporary folder is full', async () => {
    small.fill();
    const { code, stderr, statuses } = await jest('', {});
    expect([code, stderr, statuses]).toEqual([1, expect.stringContaining(`${small.dir}: ${FULL_TMP}`), {}]);
    expect(small.content).toEqual([]);
    expect(() => project.read('jest-kubelet-report.json')).toThrow('ENOENT');
  });

  test('fails at the end if the temporary folder becomes full', async () => {
    const { code, stderr, statuses } = await jest(fill(), {});
    expect([code, statuses]).toEqual([1, { runs: 'passed' }]);
    expect(stderr).toContain(`the report does not contain pod web: ${small.dir}: ${FULL_TMP}`);
    expect(stderr).toContain('no report is written to');
    expect(small.content).toEqual([]);
    expect(() => project.read('jest-kubelet-report.json')).toThrow('ENOENT');
  });

  test('fails at the start if the report cannot be written', async () => {
    using full = new SmallFolder(16);
    full.fill();
    const { code, stderr, statuses } = await jest('', { outputFile: full.at('out.json') });
    expect([code, stderr, statuses]).toEqual([1, expect.stringContaining(`${full.at('out.json')}: ${FULL}`), {}]);
    expect([full.content, small.content]).toEqual([[], []]);
  });

  test('fails at the end if the report no longer fits', async () => {
    using full = new SmallFolder(16);
    const before = `require('node:fs').writeFileSync('${full.at('fill')}', ' '.repeat(16384));`;
    const { code, stderr, statuses } = await jest(before, { outputFile: full.at('out.json') });
    expect([code, statuses]).toEqual([1, { runs: 'passed' }]);
    expect(stderr).toContain(`no report is written to ${full.at('out.json')}: ${full.at('out.json')}: ${FULL}`);
    expect([full.content, small.content]).toEqual([[], []]);
  });
});
