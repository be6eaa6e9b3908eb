import type { Explanation, NamedContainer, ProbeOfContainer } from './explanation';

/** Explanations of exits and of exit codes. */
export const EXITS = {
  'oom-killed': ({ container, limit }: NamedContainer & { readonly limit: string | undefined }): Explanation => ({
    cause: limit
      ? `${container} was OOMKilled because it exceeded its memory limit of ${limit}.`
      : `${container} was OOMKilled.`,
    fix: 'Raise resources.limits.memory, or reduce memory use.',
    faq: 'shutdown.md#exit-code-137',
  }),
  'pre-stop-and-grace': ({ container }: NamedContainer): Explanation => ({
    cause: `The preStop hook counts against terminationGracePeriodSeconds, so ${container} gets only the rest.`,
    fix: 'Shorten the hook, or raise terminationGracePeriodSeconds.',
    faq: 'hooks.md#pre-stop-and-grace',
  }),
  'stop-signal-target': ({ container, isShell }: NamedContainer & { readonly isShell: boolean }): Explanation => ({
    cause: `The stop signal goes only to the main process of ${container}, and PID 1 gets only signals that it handles.`,
    faq: isShell ? 'shutdown.md#shell-pid-1' : 'shutdown.md#pid-1-default-signals',
  }),
  'shell-pid-1': ({ container, shell }: NamedContainer & { readonly shell: string }): Explanation => ({
    cause: `${container} runs ${shell} as PID 1, which ignores the stop signal and does not forward it.`,
    fix: 'Start your program with exec.',
    faq: 'shutdown.md#shell-pid-1',
  }),
  'liveness-kill-takes-grace': ({ probe }: Pick<ProbeOfContainer, 'probe'>): Explanation => ({
    cause: `A kill by a ${probe} probe grants the whole grace period, and a process that hangs uses all of it.`,
    fix: `Set ${probe}Probe.terminationGracePeriodSeconds to less than the value of the pod.`,
    faq: 'restarts-and-back-off.md#liveness-kill-takes-grace',
  }),
  'pid-1-default-signals': ({ container }: NamedContainer): Explanation => ({
    cause: `The main process of ${container} did not exit at its stop signal, and PID 1 gets only signals that it handles.`,
    fix: 'Add a handler for the stop signal that exits.',
    faq: 'shutdown.md#pid-1-default-signals',
  }),
  'exit-code-137': ({ container, reason }: NamedContainer & { readonly reason: string }): Explanation => ({
    cause: `Exit code 137 means any SIGKILL, and the reason is ${reason}, not OOMKilled.`,
    fix: `Find the sender of SIGKILL inside ${container} or outside of it.`,
    faq: 'shutdown.md#exit-code-137',
  }),
};
