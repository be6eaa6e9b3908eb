import type { Unobserved } from '../../../assertions/events/attempts';
import type { HookType } from '../../../timeline/event';
import { attemptsText } from '../../attempts';
import { formatDuration, formatRoughly } from '../../durations';
import { formatList } from '../../list';
import type { ContainerFact, DurationFact, WhyFact } from '../facts';
import { formatObservation, type ObservationMessage } from '../observations';
import { type Disturbance, formatDisturbance } from './disturbances';

interface OfHook extends ContainerFact {
  readonly hook: HookType;
}

/** Results about a pod that is started and left alone. */
export const STEADY_STATE = {
  ready: ({ tookMs }: DurationFact) => `the pod is Ready after ${formatRoughly(tookMs)}`,
  notReady: ({ disturbance }: { readonly disturbance: Disturbance }) =>
    `the pod would not become Ready: ${formatDisturbance(disturbance)}`,
  steady: ({ windowMs, unobserved }: { readonly windowMs: number; readonly unobserved: Unobserved | undefined }) =>
    `left alone, the pod stays Ready for ${formatDuration(windowMs)}${unobserved ? `; ${attemptsText(unobserved)}` : ''}`,
  unsteady: ({ disturbance }: { readonly disturbance: Disturbance }) =>
    `left alone, the pod does not stay Ready: ${formatDisturbance(disturbance)}`,
  flapping: ({ observation }: { readonly observation: ObservationMessage }) =>
    `left alone, the pod does not stay Ready: ${formatObservation(observation)}`,
  probesHaveResults: 'each probe that ran has a result of its own container',
  nothingExits: 'nothing of the pod ends by itself',
  completedEarly: ({ container, restartPolicy }: ContainerFact & { readonly restartPolicy: string }) =>
    `${container} does its work and ends, and would be started again for ever: restartPolicy ${restartPolicy} is for what keeps running; a Job with OnFailure or Never is for what ends`,
  initialized: ({ ended }: { readonly ended: readonly { readonly container: string; readonly at: number }[] }) => {
    const each = ended.map(({ container, at }) => `${container} after ${formatDuration(at)}`);
    return `the init containers are done one after the other: ${formatList(each)}`;
  },
  hookSucceeds: ({ hook, container }: OfHook) => `the ${hook} hook of ${container} succeeds`,
  hookFailsHarmlessly: ({ hook, container, why }: OfHook & WhyFact) =>
    `the ${hook} hook of ${container} ends harmlessly: ${why}`,
  hookFails: ({ hook, container, why }: OfHook & WhyFact) => `the ${hook} hook of ${container} fails: ${why}`,
  hookOutlived: ({ hook, container }: OfHook) =>
    `the ${hook} hook of ${container} was still running when the grace was over: see terminates-in-grace`,
  noProcessLeft: 'no process is left over',
  restartedMeanwhile: 'the containers were restarted meanwhile',
  unreadableProcesses: 'the processes of the containers cannot be read here',
} as const;
