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

/** Those that wait: in the asymmetric form, which `Matchers` gives as well, they would pass under `.not` whatever happens. */
type WaitingMatchers = {
  [Name in keyof PodMatchers<'judged'>]: ReturnType<PodMatchers<'judged'>[Name]> extends Promise<void> ? Name : never;
}[keyof PodMatchers<'judged'>];

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T>
    extends Pick<PodMatchers<R, T>, Exclude<keyof PodMatchers<R, T>, WaitingMatchers>>,
      ManifestMatchers<R>,
      ValueMatchers<R> {}
  interface Assertion<R extends void | Promise<void>, T> extends Pick<PodMatchers<R, T>, WaitingMatchers> {}
}
