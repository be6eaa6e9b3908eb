import './register';
import type { ManifestMatchers } from './manifestMatchers';
import type { PodMatchers } from './podMatchers';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends PodMatchers<R, T>, ManifestMatchers<R> {}
}
