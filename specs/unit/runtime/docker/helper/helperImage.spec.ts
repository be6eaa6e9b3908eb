import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { extract } from 'tar-stream';
import type { Engine } from '../../../../../src/runtime/docker/engine/engine';
import { pauseImage } from '../../../../../src/runtime/docker/helper/helperImage';

/** Returns an engine with this architecture, and the files of each imported image. */
function engineOf(architecture: string) {
  const imported = new Map<string, Readonly<Record<string, Buffer>>>();
  const docker = {
    getImage: (name: string) => ({
      async inspect() {
        if (!imported.has(name)) throw Object.assign(new Error('No such image'), { statusCode: 404 });
      },
    }),
    async importImage(archive: Readable, { repo }: { readonly repo: string }) {
      imported.set(repo, await filesIn(archive));
      return Readable.from([]);
    },
  };
  return { engine: { architecture, docker } as unknown as Engine, imported };
}

async function filesIn(archive: Readable): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for await (const entry of archive.pipe(extract())) {
    files[entry.header.name] = await buffer(entry);
  }
  return files;
}

test('imports the image once, with one program under several names', async () => {
  const { engine, imported } = engineOf('x86_64');
  const image = await pauseImage(engine);
  expect(image).toMatch(/^localhost\/jest-kubelet\/pause:[0-9a-f]{12}$/);
  const files = imported.get(image) ?? {};
  for (const name of ['signal', 'forward', 'dial', 'processes', 'sockets', 'link'])
    expect(files[name]).toEqual(files.pause);
  expect(await pauseImage(engine)).toBe(image);
  expect(imported.size).toBe(1);
});

test('imports another image for another architecture', async () => {
  const [intel, arm] = [engineOf('amd64'), engineOf('aarch64')];
  expect(await pauseImage(intel.engine)).not.toBe(await pauseImage(arm.engine));
});

test('rejects an unsupported architecture', async () => {
  await expect(pauseImage(engineOf('riscv64').engine)).rejects.toThrow(
    'pod sandbox: unsupported architecture riscv64. Use an engine on x86_64 or aarch64',
  );
});
