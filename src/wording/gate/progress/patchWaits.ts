import type { ContainerFact, SecondsFact } from '../facts';

/** Things that the search for a patch waits for. */
export const PATCH_WAITS = {
  steadyWithPatch: 'the pod to stay Ready with it',
  steadyMemory: 'the pod to stay Ready with it, and its memory to settle',
  withMemory: ({ container, memory }: ContainerFact & { readonly memory: string }) =>
    `${container} with ${memory} of memory`,
  withinGrace: ({ seconds }: SecondsFact) => `the pod to end within ${seconds}s`,
  longerStart: ({ container }: ContainerFact) => `a start of ${container} that is given more time`,
  measuredStart: ({ container }: ContainerFact) => `a start of ${container} with all the time it takes`,
  measuredResponses: ({ container }: ContainerFact) => `answers of ${container} with all the time they take`,
  responsesWithin: ({ container, seconds }: ContainerFact & SecondsFact) =>
    `answers of ${container} that are given ${seconds}s`,
  drainedWithSleep: ({ seconds }: SecondsFact) => `requests to be answered with a preStop of ${seconds}s`,
} as const;
