import { formatDuration } from '../../durations';
import type { ContainerFact, SecondsFact } from '../facts';

/** Things that the search for a patch waits for. */
export const PATCH_WAITS = {
  steadyWithPatch: 'the patched pod to stay Ready',
  steadyMemory: 'the patched pod to stay Ready with steady memory',
  withMemory: ({ container, memory }: ContainerFact & { readonly memory: string }) =>
    `${container} to run with ${memory} of memory`,
  withinGrace: ({ seconds }: SecondsFact) => `the pod to terminate within ${formatDuration(seconds * 1_000)}`,
  longerStart: ({ container }: ContainerFact) => `${container} to start with more time`,
  measuredStart: ({ container }: ContainerFact) => `${container} to start, however long it takes`,
  measuredResponses: ({ container }: ContainerFact) => `responses of ${container}, however long they take`,
  responsesWithin: ({ container, seconds }: ContainerFact & SecondsFact) =>
    `responses of ${container} within ${formatDuration(seconds * 1_000)}`,
  drainedWithSleep: ({ seconds }: SecondsFact) =>
    `responses to all requests with a preStop sleep of ${formatDuration(seconds * 1_000)}`,
} as const;
