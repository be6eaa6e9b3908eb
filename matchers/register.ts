import * as framework from '@jest/globals';
import { timelineSerializer } from '../src/report/summary/timelineSnapshot';
import * as matchers from './index';
import { keepRegistry } from './kernel/framework/keeper';
import type { ManifestMatchers } from './manifestMatchers';
import type { PodMatchers } from './podMatchers';
import type { ValueMatchers } from './valueMatchers';

framework.expect.extend(matchers);
framework.expect.addSnapshotSerializer(timelineSerializer);
keepRegistry(framework);

declare global {
  namespace jest {
    interface Matchers<R, T> extends PodMatchers<R, T>, ManifestMatchers<R> {}
    // biome-ignore lint/suspicious/noExplicitAny: as its own asymmetric matchers are declared
    interface Expect extends ValueMatchers<any> {}
    // biome-ignore lint/suspicious/noExplicitAny: as its own asymmetric matchers are declared
    interface InverseAsymmetricMatchers extends ValueMatchers<any> {}
  }
}
