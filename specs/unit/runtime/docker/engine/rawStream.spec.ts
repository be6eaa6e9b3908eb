import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { readFrames } from '../../../../../src/runtime/docker/engine/rawStream';

const frame = (type: number, text: string) => {
  const header = Buffer.alloc(8);
  header[0] = type;
  header.writeUInt32BE(text.length, 4);
  return Buffer.concat([header, Buffer.from(text)]);
};

async function read(chunks: readonly Buffer[]): Promise<string[]> {
  const texts: string[] = [];
  for await (const { from, content } of readFrames(Readable.from(chunks))) texts.push(`${from}: ${content}`);
  return texts;
}

test('separates stdout and stderr, regardless of chunk boundaries', async () => {
  const sent = Buffer.concat([frame(1, 'hello'), frame(2, 'oops'), frame(1, '')]);
  const expected = ['stdout: hello', 'stderr: oops', 'stdout: '];
  expect(await read([sent])).toEqual(expected);
  expect(await read([...sent].map((byte) => Buffer.from([byte])))).toEqual(expected);
});

test('reads ten thousand frames in one chunk', async () => {
  const sent = Buffer.concat(Array.from({ length: 10_000 }, () => frame(1, 'x')));
  expect(await read([sent])).toHaveLength(10_000);
});
