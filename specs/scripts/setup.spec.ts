import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Machine } from './machine';
import { snapshotOf } from './snapshotOf';

const CHECK = ['--check'];
// It depends on the machine that runs this spec: setup looks for it at fixed paths.
const isPodman = (line: string) => /podman/i.test(line);
const isAction = (line: string) => /^(npm|engine|apt-get|dockerd|debootstrap) /.test(line);
const stepsIn = (lines: readonly string[], step: RegExp) =>
  lines.filter((line) => !isPodman(line)).flatMap((line) => step.exec(line)?.slice(1) ?? []);

/** Returns the words by which a step announces an action: the image, or the program with its command. */
function nameOfAction(action: string): string {
  const [, program, argument = '', image] = /^(\S+).*? (install|update|\/\S+(?= (\S+)$))/.exec(action) ?? [];
  return image ?? `${program} ${argument}`;
}

describe('npm run setup -- --check', () => {
  test('lists everything a bare machine lacks, with exit code 3, and changes nothing', async () => {
    await using machine = new Machine();
    const before = snapshotOf(machine.checkout);
    const { code, lines } = await machine.setup(CHECK);
    expect(lines.filter((line) => !isPodman(line))).toEqual([
      `ok       Node: ${process.versions.node} in ${path.dirname(process.execPath)}`,
      'missing  dependencies: not installed. `npm run setup` installs the dependencies (npm install).',
      'missing  container engine: none answers at tcp://127.0.0.1:1 (ECONNREFUSED). Start the engine that DOCKER_HOST names, or unset DOCKER_HOST.',
      ...['busybox:1.36', 'node:24-slim'].map(
        (image) => `missing  image ${image}: needs a container engine. Bring the container engine first.`,
      ),
      ...['nginx:1.22', 'redis:7.0'].map(
        (image) =>
          `missing  image ${image}: needs a container engine. Without it, the examples that need it are skipped. Bring the container engine first.`,
      ),
      ...lines.filter((line) => line.startsWith('missing  image jest-kubelet-example/')),
      ...['oracle/app:2', 'oracle/empty:1'].map(
        (image) => `missing  image ${image}: needs a container engine. Bring the container engine first.`,
      ),
      `ok       browser: ${process.execPath}`,
    ]);
    expect(code).toBe(3);
    expect(snapshotOf(machine.checkout)).toEqual(before);
  });

  test('reports missing images with exit code 1, and pulls and builds none', async () => {
    await using machine = new Machine();
    await machine.startEngine();
    const { code, lines } = await machine.setup(CHECK);
    expect(code).toBe(1);
    expect(lines).toContain(
      "missing  image busybox:1.36: not on the engine. `npm run setup` pulls busybox:1.36, or makes it from Debian's busybox-static if no registry answers.",
    );
    expect(lines.filter(isAction)).toEqual([]);
  });

  test('reports a Node version that is too old', async () => {
    await using machine = new Machine();
    const file = path.join(machine.checkout, 'package.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"node": ">=[^"]+"/, '"node": ">=99.0"'));
    const { lines } = await machine.setup(CHECK);
    expect(lines[0]).toContain(`missing  Node: ${process.versions.node} is older than 99.0. `);
  });

  test('rejects an unknown option', async () => {
    await using machine = new Machine();
    expect(await machine.setup(['--chek'])).toEqual({
      code: 1,
      lines: ['setup: unknown option "--chek". Run `npm run setup`, or `npm run setup -- --check`.'],
    });
  });
});

describe('npm run setup', () => {
  test('announces each step before it runs, and leaves nothing missing', async () => {
    await using machine = new Machine();
    await machine.startEngine();
    const listed = stepsIn((await machine.setup(CHECK)).lines, /`npm run setup` (.+)\.$/);

    const { code, lines } = await machine.setup();
    expect(code).toBe(0);
    expect(stepsIn(lines, /^setup: (.+)$/)).toEqual(listed);
    for (const [index, line] of lines.entries()) {
      if (!isAction(line) || / --omit=dev /.test(line)) continue;
      const announced = lines.slice(0, index).filter((each) => each.startsWith('setup: '));
      expect(announced.join('\n')).toContain(nameOfAction(line));
    }
    expect(lines.filter((line) => line.startsWith('engine /images/create'))).toHaveLength(4);

    const after = await machine.setup(CHECK);
    expect(after.lines.filter((line) => line.startsWith('missing') && !isPodman(line))).toEqual([]);
    expect(after.code).toBe(after.lines.some((line) => line.startsWith('missing')) ? 1 : 0);
  });

  test('replaces the image of a changed example, and ends', async () => {
    await using machine = new Machine();
    await machine.startEngine();
    await machine.setup();
    appendFileSync(path.join(machine.checkout, 'examples/liveness-http/server.mjs'), '// changed\n');
    const { code, lines } = await machine.setup();
    expect(lines.filter(isAction)).toEqual([
      'engine /build jest-kubelet-example/liveness-http:latest',
      expect.stringMatching(/^engine DELETE \/images\/sha256:[0-9a-f]{64}$/),
    ]);
    expect(code).toBe(0);
  });

  test('changes nothing and prints a fix if JEST_KUBELET_SETUP=never', async () => {
    await using machine = new Machine();
    await machine.startEngine();
    const before = snapshotOf(machine.checkout);
    expect(await machine.setup([], { JEST_KUBELET_SETUP: 'never' })).toEqual({
      code: 1,
      lines: [
        'setup: dependencies: not installed, and JEST_KUBELET_SETUP=never stops setup from bringing it. Run `npm install`.',
      ],
    });
    expect(snapshotOf(machine.checkout)).toEqual(before);
  });
});
