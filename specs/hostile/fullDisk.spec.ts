import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { COMMANDS, GOOD } from './commands';
import { explainMissingSmallFolder, SmallFolder } from './smallFolder';

const missing = explainMissingSmallFolder();
if (missing !== undefined) process.stderr.write(`specs/hostile/fullDisk skipped: ${missing}\n`);
const describeOnSmallDisk = missing === undefined ? describe : describe.skip;

const FULL = 'cannot be written: no space left on device. Free space on its disk, or name a file on another one';

/** Enough pods for a report of more than 16 KiB. */
const MANY = Array.from({ length: 60 }, (_, at) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `web-${at}` },
    spec: { containers: [{ name: 'web', image: 'web:1', livenessProbe: { tcpSocket: { port: 1 } } }] },
  }),
).join('\n---\n');

describeOnSmallDisk('the gate on a full disk', () => {
  let small: SmallFolder;
  beforeEach(() => {
    small = new SmallFolder(16);
  });
  afterEach(() => small[Symbol.dispose]());

  const gate = (options: object) => COMMANDS.gate({ file: ['-'], only: ['valid', 'lint'], ...options }, MANY);

  test.each([
    ['a report', (file: string) => ({ format: [`json=${file}`] })],
    ['a page', (file: string) => ({ html: file })],
  ])('fails before it reads a manifest if it cannot write %s', async (_, to) => {
    small.fill();
    const { code, stdout, stderr } = await gate({ ...to(small.at('out')), file: ['no-such-file.yaml'] });
    expect([code, stdout, stderr]).toEqual([2, '', `jest-kubelet: ${small.at('out')}: ${FULL}\n`]);
    expect(small.content).toEqual([]);
  });

  test('keeps the older report if the new one does not fit', async () => {
    writeFileSync(small.at('out.json'), 'the one before');
    const { code, stderr } = await gate({ format: [`json=${small.at('out.json')}`] });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${small.at('out.json')}: ${FULL}`)]);
    expect([small.content, readFileSync(small.at('out.json'), 'utf8')]).toEqual([['out.json'], 'the one before']);
  });

  test('writes the second report if the first does not fit', async () => {
    using other = new SmallFolder(1_024);
    const { code, stdout } = await gate({ format: [`json=${small.at('out.json')}`, `junit=${other.at('out.xml')}`] });
    expect([code, small.content, other.content]).toEqual([2, [], ['out.xml']]);
    expect(readFileSync(other.at('out.xml'), 'utf8')).toMatch(/<\/testsuites>\n$/);
    expect(stdout).toContain('checks');
  });
});

describeOnSmallDisk('init on a full disk', () => {
  test('leaves no spec', async () => {
    using small = new SmallFolder(16);
    writeFileSync(small.at('pod.yaml'), GOOD);
    small.fill();
    const { code, stderr } = await COMMANDS.init({ file: 'pod.yaml', gate: true, folder: small.dir });
    expect([code, stderr]).toEqual([2, expect.stringContaining(FULL)]);
    expect(small.content).toEqual(['pod.yaml']);
  });
});
