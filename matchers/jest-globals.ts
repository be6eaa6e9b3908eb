import './register';
import type { AsymmetricMatcher } from 'expect';
import type { ManifestMatchers } from './manifestMatchers';
import type { PodMatchers } from './podMatchers';
import type { ValueMatchers } from './valueMatchers';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends PodMatchers<R, T>, ManifestMatchers<R> {}
  interface AsymmetricMatchers extends ValueMatchers<AsymmetricMatcher<unknown>> {}
}
