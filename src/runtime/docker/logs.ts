import { Readable } from 'node:stream';
import type { Docker } from './engine';
import { framesOf } from './rawStream';

/** All that an instance has written so far, standard output and error as they came. */
export async function logsOf(docker: Docker, id: string): Promise<string> {
  const written = await docker.getContainer(id).logs({ stdout: true, stderr: true, follow: false });
  const contents: Buffer[] = [];
  for await (const { content } of framesOf(Readable.from([written]))) contents.push(content);
  return Buffer.concat(contents).toString('utf8');
}
