import type { Unobserved } from '../../../assertions/events/attempts';
import type { HandlerFailure } from '../../../timeline/causes';
import type { HookType } from '../../../timeline/event';
import { attemptsText } from '../../attempts';
import { formatDuration, formatRoughly } from '../../durations';
import { formatList } from '../../list';
import type { ContainerFact, DurationFact, ResultFact } from '../facts';
import { formatObservation, type ObservationMessage } from '../observations';
import { type Disturbance, formatDisturbance } from './disturbances';
import { formatHookFailure } from './hookFailures';

interface OfHook extends ContainerFact {
  readonly hook: HookType;
}

interface FailedHook extends OfHook, ResultFact {
  /** Absent if it is unknown. */
  readonly failure?: HandlerFailure | undefined;
}

/** Results about an undisturbed pod. */
export const STEADY_STATE = {
  ready: ({ tookMs }: DurationFact) => `the pod is Ready after ${formatRoughly(tookMs)}`,
  notReady: ({ disturbance }: { readonly disturbance: Disturbance }) =>
    `the pod does not become Ready: ${formatDisturbance(disturbance)}`,
  steady: ({ windowMs, unobserved }: { readonly windowMs: number; readonly unobserved: Unobserved | undefined }) =>
    `the undisturbed pod stays Ready for ${formatDuration(windowMs)}${unobserved ? `, but ${attemptsText(unobserved)}` : ''}`,
  unsteady: ({ disturbance }: { readonly disturbance: Disturbance }) =>
    `the undisturbed pod does not stay Ready: ${formatDisturbance(disturbance)}`,
  flapping: ({ observation }: { readonly observation: ObservationMessage }) =>
    `the undisturbed pod does not stay Ready: ${formatObservation(observation)}`,
  probesHaveResults: 'each probe that ran returned a result about its own container',
  nothingExits: 'no container exits',
  completedEarly: ({ container, restartPolicy }: ContainerFact & { readonly restartPolicy: string }) =>
    `${container} exits with code 0 and would restart forever, because restartPolicy is ${restartPolicy}`,
  initialized: ({ ended }: { readonly ended: readonly { readonly container: string; readonly at: number }[] }) => {
    const each = ended.map(({ container, at }) => `${container} after ${formatDuration(at)}`);
    return `the init containers complete one after another: ${formatList(each)}`;
  },
  hookSucceeds: ({ hook, container }: OfHook) => `the ${hook} hook of ${container} succeeds`,
  hookFailsHarmlessly: ({ hook, container }: OfHook) =>
    `the ${hook} hook of ${container} fails only because ${container} exits with code 0 before it, so FailedPreStopHook is harmless`,
  hookFails: ({ hook, container, failure, result }: FailedHook) =>
    `the ${hook} hook of ${container} fails: ${formatHookFailure(failure, result)}`,
  hookOutlivedGracePeriod: ({ hook, container }: OfHook) =>
    // voice-ignore: bare-grace (the id of a check)
    `the ${hook} hook of ${container} was still running when the grace period ended. See terminates-in-grace.`,
  noProcessLeft: 'no process is left behind',
  containersRestarted: 'the containers restarted during the check',
  unreadableProcesses: 'the processes of the containers are not readable here',
} as const;
