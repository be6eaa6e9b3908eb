import * as vitest from 'vitest';
import { timelineSerializer } from '../src/report/summary/timelineSnapshot.js';
import * as matchers from './index.js';
import { keepUnderVitest } from './kernel/framework/vitest.js';
import type { ManifestMatchers } from './manifestMatchers.js';
import type { PodMatchers } from './podMatchers.js';
import type { ValueMatchers } from './valueMatchers.js';

vitest.expect.extend({ ...matchers });
vitest.expect.addSnapshotSerializer(timelineSerializer);
keepUnderVitest(vitest);

/** Matchers that wait. `Matchers` would add an asymmetric form, which would always pass under `.not`. */
type WaitingMatchers = {
  [Name in keyof PodMatchers<'sample'>]: ReturnType<PodMatchers<'sample'>[Name]> extends Promise<void> ? Name : never;
}[keyof PodMatchers<'sample'>];

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T>
    extends Pick<PodMatchers<R, T>, Exclude<keyof PodMatchers<R, T>, WaitingMatchers>>,
      ManifestMatchers<R>,
      ValueMatchers<R> {}
  interface Assertion<R extends void | Promise<void>, T> extends Pick<PodMatchers<R, T>, WaitingMatchers> {}
}
