import type { HandlerFailure } from '../../../timeline/causes';
import { isA } from '../../../timeline/event';
import type { Incident } from '../incident';
import type { ExplainRule, FoundExplanation } from './rule';

/** Rules for failed hooks. */
export const ofHooks: readonly ExplainRule[] = [
  tcpHook,
  postStartTooEarly,
  postStartFailed,
  preStopWithoutProgram,
  quitByPreStop,
];

function tcpHook(incident: Incident): FoundExplanation | undefined {
  const { hook } = failedHook(incident) ?? {};
  if (!hook || !incident.container?.lifecycle?.[hook]?.tcpSocket) return undefined;
  return { message: { kind: 'tcp-hook', hook } };
}

function postStartTooEarly(incident: Incident): FoundExplanation | undefined {
  const run = failedHook(incident);
  if (run?.hook !== 'postStart' || !wasRefused(run.failure)) return undefined;
  const { container } = run;
  return { cause: 'poststart-failed', message: { kind: 'post-start-order', container } };
}

function postStartFailed(incident: Incident): FoundExplanation | undefined {
  const run = failedHook(incident);
  if (run?.hook !== 'postStart') return undefined;
  const { container } = run;
  return { cause: 'poststart-failed', message: { kind: 'post-start-fails', container } };
}

function preStopWithoutProgram(incident: Incident): FoundExplanation | undefined {
  const run = failedHook(incident);
  if (run?.hook !== 'preStop' || run.failure?.kind !== 'programMissing') return undefined;
  const { container } = run;
  return { cause: 'hook-program-missing', message: { kind: 'pre-stop-sleep', container } };
}

function quitByPreStop(incident: Incident): FoundExplanation | undefined {
  const { event, lastLife } = incident;
  const run = failedHook(incident);
  const end = lastLife.findLast((one) => isA('ContainerExited', one));
  if (run?.hook !== 'preStop' || (event?.kind !== 'FailedPreStopHook' && event !== run) || end?.exitCode !== 0) {
    return undefined;
  }
  return { message: { kind: 'failed-pre-stop-exit-0', container: run.container } };
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
