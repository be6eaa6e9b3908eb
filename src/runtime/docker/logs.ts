import { Readable } from 'node:stream';
import type { Docker } from './engine';
import { framesOf } from './rawStream';

/** What an instance has written so far, standard output and error as they came: all of it, or its last lines. */
export async function logsOf(docker: Docker, id: string, lastLines?: number): Promise<string> {
  const tail = lastLines === undefined ? {} : { tail: lastLines };
  const written = await docker.getContainer(id).logs({ stdout: true, stderr: true, follow: false, ...tail });
  const contents: Buffer[] = [];
  for await (const { content } of framesOf(Readable.from([written]))) contents.push(content);
  return Buffer.concat(contents).toString('utf8');
}
