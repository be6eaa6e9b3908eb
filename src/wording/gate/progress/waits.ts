import type { HookType } from '../../../timeline/event';
import { formatDuration } from '../../durations';
import { formatList } from '../../list';
import type { ContainerFact } from '../facts';
import { formatHanging, type Hanging } from '../hanging';
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
  slowStart: ({ container }: ContainerFact) => `${container} to survive a slow start`,
  detection: 'the fault to be detected',
  leavesEndpoints: ({ container }: ContainerFact) => `the readiness probe of ${container} to fail`,
  restart: ({ container }: ContainerFact) => `${container} to restart`,
  outOfMemory: ({ container }: ContainerFact) => `${container} to run out of memory`,
  keptRunning: ({ others, hanging }: { readonly others: readonly string[]; readonly hanging: Hanging }) =>
    `${formatList(others)} to keep running while ${formatHanging(hanging)} hangs`,
  clients: 'the pod to serve its clients',
  response: ({ port }: { readonly port: number }) => `a response from port ${port}`,
  success: 'the pod to succeed',
  deletion: ({ hooks, graceMs }: { readonly hooks: readonly SleepingHook[]; readonly graceMs?: number }) => {
    const limit = graceMs !== undefined ? [`grace period ${formatDuration(graceMs)}`] : [];
    const details = [...hooks.map((hook) => `preStop of ${formatSleep(hook)}`), ...limit].join(', ');
    return details ? `the pod to terminate (${details})` : 'the pod to terminate';
  },
  termination: 'the pod to terminate',
  requests: 'the requests to finish',
  confirmation: 'a failure to be confirmed in real time',
  turn: 'its repetition without other experiments, because this machine was overloaded',
} as const;

function formatSleep({ container, ms }: SleepingHook): string {
  return `${container} sleeps ${formatDuration(ms)}`;
}
