import * as framework from '@jest/globals';
import { timelineSerializer } from '../src/report/timelineSnapshot';
import * as matchers from './index';
import { keepRegistry } from './kernel/keeper';
import type { ManifestMatchers } from './manifestMatchers';
import type { PodMatchers } from './podMatchers';

framework.expect.extend(matchers);
framework.expect.addSnapshotSerializer(timelineSerializer);
keepRegistry(framework);

declare global {
  namespace jest {
    interface Matchers<R, T> extends PodMatchers<R, T>, ManifestMatchers<R> {}
  }
}
