import type { HandlerFailure } from '../../../timeline/causes';
import { isA } from '../../../timeline/event';
import type { Incident } from '../incident';
import type { ExplainRule } from './rule';

/** What a hook that failed has to do with it. */
export const ofHooks: readonly ExplainRule[] = [
  tcpHook,
  postStartTooEarly,
  postStartFailed,
  preStopWithoutProgram,
  quitByPreStop,
];

function tcpHook(incident: Incident) {
  const { hook } = failedHook(incident) ?? {};
  if (!hook || !incident.container?.lifecycle?.[hook]?.tcpSocket) return undefined;
  return {
    text: `A ${hook} hook with tcpSocket passes validation and always fails: use exec, httpGet or sleep.`,
    faq: 'hooks.md#tcp-hook',
  };
}

function postStartTooEarly(incident: Incident) {
  const run = failedHook(incident);
  if (run?.hook !== 'postStart' || !wasRefused(run.failure)) return undefined;
  const text = `postStart runs beside the main process and does not wait until it listens; a refused call kills ${run.container}: ask again in an exec hook until it answers.`;
  return { cause: 'poststart-failed', text, faq: 'hooks.md#post-start-order' };
}

function postStartFailed(incident: Incident) {
  const run = failedHook(incident);
  if (run?.hook !== 'postStart') return undefined;
  const text = `A postStart hook that fails kills its container: let the hook of ${run.container} succeed, or end with "|| true" where it may fail.`;
  return { cause: 'poststart-failed', text, faq: 'hooks.md#post-start-fails' };
}

function preStopWithoutProgram(incident: Incident) {
  const run = failedHook(incident);
  if (run?.hook !== 'preStop' || run.failure?.kind !== 'programMissing') return undefined;
  const text = `The image of ${run.container} lacks what its preStop runs, so the stop signal came at once: use the sleep action, which needs nothing from the image.`;
  return { cause: 'hook-program-missing', text, faq: 'hooks.md#pre-stop-sleep' };
}

function quitByPreStop(incident: Incident) {
  const { event, lastLife } = incident;
  const run = failedHook(incident);
  const end = lastLife.findLast((one) => isA('ContainerExited', one));
  if (run?.hook !== 'preStop' || (event?.kind !== 'FailedPreStopHook' && event !== run) || end?.exitCode !== 0) {
    return undefined;
  }
  const text = `${run.container} ended with 0 while its preStop ran, so FailedPreStopHook is harmless: an exec ends with the container it runs in.`;
  return { text, faq: 'hooks.md#failed-pre-stop-exit-0' };
}

/** True if nothing listened where the hook, or the command of the hook, sent its request. */
function wasRefused(failure: HandlerFailure | undefined): boolean {
  return failure?.kind === 'refused' || (failure?.kind === 'exit' && failure.says === 'refused');
}

function failedHook({ lastLife }: Incident) {
  return lastLife.findLast((event) => isA('HookFinished', event) && event.failed) as
    | Extract<Incident['lastLife'][number], { kind: 'HookFinished' }>
    | undefined;
}
