import pluralize from 'pluralize';
import { formatSeconds } from '../durations';
import type { ExitsFact, Explanation, NamedContainer } from './explanation';

/** Explanations of restarts and of their back-off. */
export const RESTARTS = {
  'server-exit-0': ({ container }: NamedContainer): Explanation => ({
    cause: `${container} has probes or ports, so it must run until its stop signal, but it exited with 0. The kubelet restarts it after an exit with 0 too, with a longer back-off each time.`,
    fix: 'Find the reason for the exit, such as an idle timeout or a main function that returns.',
    faq: 'restarts-and-back-off.md#exit-0-crash-loop',
  }),
  'exit-0-crash-loop': ({ container }: NamedContainer): Explanation => ({
    cause: `Under restartPolicy Always, the kubelet restarts ${container} after an exit with 0 too, with the same back-off.`,
    fix: `Keep ${container} running, or run it as a Job.`,
    faq: 'restarts-and-back-off.md#exit-0-crash-loop',
  }),
  'first-crash': ({ container, exits }: NamedContainer & ExitsFact): Explanation => {
    const exited =
      exits &&
      `${container} exited ${pluralize('time', exits.count, true)}, most recently ${formatSeconds(exits.lastMs)} after its start.`;
    const backOff = `The first restart has no back-off, and the next ones wait 10s, 20s, 40s … 5m until an instance of ${container} runs for 10m.`;
    return { cause: [exited, backOff].filter(Boolean).join(' '), faq: 'restarts-and-back-off.md#first-crash' };
  },
};
