import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { podRunOf } from '../../matchers/kernel/call/received';
import { NEVER } from '../../src/clock/instant';
import { runPod } from '../../src/pod/live/runPod';
import { registry, removePods } from '../../src/pod/shared/registry';
import { type Engine, findEngine } from '../../src/runtime/docker/engine/engine';
import { describeOnEngine } from './onEngine';

const GREETS = 'FROM busybox:1.36\nARG WHOM=nobody\nRUN echo "hello $WHOM" > /greeting\nCMD ["cat", "/greeting"]\n';

describeOnEngine('runPod with an image to build', () => {
  let engine: Engine;
  let folder: string;
  const built: string[] = [];

  beforeAll(async () => {
    engine = await findEngine();
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'build-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await Promise.all([...registry().pods].map((pod) => pod.remove()));
    await Promise.all(built.splice(0).map((image) => engine.docker.getImage(image).remove()));
  });
  afterAll(() => removePods('file'));

  function run(dockerfile: string, more: object = {}) {
    writeFileSync(path.join(folder, 'Dockerfile'), dockerfile);
    const spec = { restartPolicy: 'Never', containers: [{ name: 'web', image: 'shop/web:1' }] };
    const images = { web: { build: folder, ...more } };
    return runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec }, { images });
  }

  test('runs the built image instead of the one in the manifest', async () => {
    const pod = await run(GREETS, { args: { WHOM: 'world' } });
    built.push(pod.pod.spec.containers[0]?.image ?? '');
    while (!pod.ended) await podRunOf(pod).progress(NEVER);
    expect(await pod.container('web').logs()).toBe('hello world\n');
  });

  test('reports the step of the build that fails', async () => {
    await expect(run('FROM busybox:1.36\nRUN echo no compiler; exit 7\n')).rejects.toMatchObject({
      name: 'RuntimeError',
      message: expect.stringMatching(
        /Dockerfile: failed to build the image: .* returned a non-zero code: 7\n[\s\S]*no compiler/,
      ),
    });
  });

  test('reports a missing Dockerfile', async () => {
    await expect(run(GREETS, { dockerfile: 'Containerfile' })).rejects.toThrow(
      `${folder}/Containerfile: Dockerfile not found. Set build and dockerfile to the path of a Dockerfile`,
    );
  });
});
