import path from 'node:path';

const FRAME = /^\s+at .*?\(?(?:file:\/\/)?([^()\s]+:\d+:\d+)\)?$/;
const EXPECT = /[\\/]expect[\\/]build[\\/]/;

/** Where a matcher was called, by a stack taken inside it: the frame under the ones of `expect` itself. */
export function callSite(stack: string): string | undefined {
  const frames = stack.split('\n').flatMap((line) => FRAME.exec(line)?.[1] ?? []);
  const test = frames[frames.findLastIndex((frame) => EXPECT.test(frame)) + 1];
  return test && path.relative(process.cwd(), test);
}
