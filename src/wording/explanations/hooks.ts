import type { HookType } from '../../timeline/event';
import type { Explanation, NamedContainer } from './explanation';

/** Explanations of failed hooks. */
export const HOOKS = {
  'tcp-hook': ({ hook }: { readonly hook: HookType }): Explanation => ({
    cause: `A ${hook} hook with tcpSocket passes validation but always fails.`,
    fix: 'Use exec, httpGet or sleep.',
    faq: 'hooks.md#tcp-hook',
  }),
  'post-start-order': ({ container }: NamedContainer): Explanation => ({
    cause: `The postStart hook runs in parallel with the main process of ${container}, and its refused request killed ${container}.`,
    fix: `Use an exec hook that retries until ${container} responds.`,
    faq: 'hooks.md#post-start-order',
  }),
  'post-start-fails': ({ container }: NamedContainer): Explanation => ({
    cause: 'A postStart hook that fails kills its container.',
    fix: `Make the hook of ${container} succeed, or end its command with "|| true" if it may fail.`,
    faq: 'hooks.md#post-start-fails',
  }),
  'pre-stop-sleep': ({ container }: NamedContainer): Explanation => ({
    cause: `The image of ${container} lacks the program of its preStop hook, so the stop signal came immediately.`,
    fix: 'Use the sleep action, which needs no program in the image.',
    faq: 'hooks.md#pre-stop-sleep',
  }),
  'failed-pre-stop-exit-0': ({ container }: NamedContainer): Explanation => ({
    cause: `${container} exited with 0 during its preStop hook and ended its exec, so FailedPreStopHook is harmless.`,
    faq: 'hooks.md#failed-pre-stop-exit-0',
  }),
};
