import { afterAll, afterEach, beforeEach, expect, jest } from '@jest/globals';
import * as matchers from './index';
import { keepRegistry } from './kernel/keeper';
import type { ManifestMatchers } from './manifestMatchers';
import type { PodMatchers } from './podMatchers';

expect.extend(matchers);
keepRegistry({ beforeEach, afterEach, afterAll, expect, jest });

declare global {
  namespace jest {
    interface Matchers<R, T> extends PodMatchers<R>, ManifestMatchers<R> {}
  }
}
