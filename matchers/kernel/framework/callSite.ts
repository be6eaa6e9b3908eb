import path from 'node:path';

const FRAME = /^\s+at .*?\(?(?:file:\/\/)?([^()\s]+:\d+:\d+)\)?$/;
// Vitest's `expect` calls through chai.
const EXPECT = /[\\/](?:expect[\\/]build|node_modules[\\/]chai)[\\/]/;

/** The lines of a stack, taken inside a matcher, that lie under the ones of `expect` itself: the test's own call first. */
export function framesOfTest(stack: string): readonly string[] {
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  return frames.slice(frames.findLastIndex((frame) => EXPECT.test(frame)) + 1);
}

/** The file, line and column of a stack's line: `checkout.spec.ts:12:3`. */
export function callSiteOf(frame: string): string | undefined {
  const place = FRAME.exec(frame)?.[1];
  return place && path.relative(process.cwd(), place);
}
