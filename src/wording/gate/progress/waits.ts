import type { HookType } from '../../../timeline/event';
import { formatDuration } from '../../durations';
import { formatList } from '../../list';
import type { ContainerFact } from '../facts';
import { type FaultEffect, formatFaultEffect } from './effects';

/** A hook that sleeps for long. */
interface SleepingHook extends ContainerFact {
  readonly ms: number;
}

/** Things that an experiment waits for. */
export const WAITS = {
  ready: 'Ready',
  start: ({ hooks }: { readonly hooks: readonly SleepingHook[] }) =>
    ['Ready', ...hooks.map((hook) => `postStart of ${formatSleep(hook)}`)].join(', '),
  readyAgain: ({ after }: { readonly after?: FaultEffect }) =>
    after ? `the pod to be Ready again after ${formatFaultEffect(after)}` : 'the pod to be Ready again',
  steady: 'the pod to stay Ready',
  noExit: 'no container to exit',
  initialized: 'the init containers to complete',
  running: ({ container }: ContainerFact) => `${container} to run`,
  hook: ({ hook, container }: ContainerFact & { readonly hook: HookType }) => `the ${hook} hook of ${container}`,
  keptDuringStart: ({ container }: ContainerFact) => `${container} to be waited for while it starts`,
  detection: 'the fault to be detected',
  leavesEndpoints: ({ container }: ContainerFact) => `${container} to leave the endpoints`,
  restart: ({ container }: ContainerFact) => `${container} to be restarted`,
  outOfMemory: ({ container }: ContainerFact) => `${container} to run out of memory`,
  leftAlone: ({ others, hanging }: { readonly others: readonly string[]; readonly hanging: string }) =>
    `${formatList(others)} to be left alone while ${hanging} hangs`,
  clients: 'the pod to serve its clients',
  response: ({ port }: { readonly port: number }) => `port ${port} to answer`,
  success: 'the pod to succeed',
  deletion: ({ hooks, graceMs }: { readonly hooks: readonly SleepingHook[]; readonly graceMs?: number }) => {
    const limit = graceMs !== undefined ? [`grace period ${formatDuration(graceMs)}`] : [];
    const details = [...hooks.map((hook) => `preStop of ${formatSleep(hook)}`), ...limit].join(', ');
    return details ? `the pod to end (${details})` : 'the pod to end';
  },
  termination: 'the pod to terminate',
  requests: 'the requests to end',
  confirmation: 'a failure to be confirmed in real time',
  turn: 'its turn alone: this machine was overloaded',
} as const;

function formatSleep({ container, ms }: SleepingHook): string {
  return `${container} sleeps ${formatDuration(ms)}`;
}
