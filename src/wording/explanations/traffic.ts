import type { Explanation, SignalFact } from './explanation';

const FAQ = 'endpoints.md#endpoints-and-sigterm';

/** Explanations of dropped requests. */
export const TRAFFIC = {
  'errors-after-signal': ({ signal }: SignalFact): Explanation => ({
    cause: `Clients keep sending requests after ${signal}, because endpoint removal and ${signal} happen in parallel.`,
    fix: `Serve requests as before until no more connections come, and let only the readiness probe fail. A preStop hook that sleeps delays ${signal} for as long.`,
    faq: FAQ,
  }),
  'error-in-flight': ({ signal }: SignalFact): Explanation => ({
    cause: `The request was in flight when ${signal} came, and its response was an error.`,
    fix: `Finish the requests that are open at ${signal} as before.`,
    faq: FAQ,
  }),
  'cut-in-flight': ({ signal }: SignalFact): Explanation => ({
    cause: `The request was in flight when ${signal} came, and the process exited without a response.`,
    fix: `Stop accepting connections at ${signal}, and finish the open requests before you exit.`,
    faq: FAQ,
  }),
  'endpoints-and-sigterm': (): Explanation => ({
    cause:
      'Clients keep connecting for a while after the stop signal, because endpoint removal and the signal happen in parallel.',
    fix: 'Keep serving during that time: add a preStop hook that sleeps, or delay the shutdown in the signal handler.',
    faq: FAQ,
  }),
};
