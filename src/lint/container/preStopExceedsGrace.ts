import { hooksOf, type Located } from '../../manifest/facts/parts';
import { sleptSeconds } from '../../manifest/facts/sleptSeconds';
import type { PodSpec } from '../../manifest/model';
import { LEAST_GRACE_PERIOD_SECONDS } from '../../timing/rules';
import { type RuleFinding, rule } from '../rule';

const TO_STOP_SECONDS = 30;

/** Source: kuberuntime_container.go `killContainer`: the time of the hook is deducted, but at least 2s remain. */
export const preStopExceedsGrace = rule('prestop-exceeds-grace', ({ pod: { spec } }) => {
  const { terminationGracePeriodSeconds: grace } = spec;
  if (grace === undefined) return [];
  return hooksOf(spec)
    .filter(({ field }) => field === 'preStop')
    .flatMap((hook) => (grace === 0 ? findSkipped(hook) : findTooLong(hook, grace)));
});

type PreStopHook = Located<NonNullable<NonNullable<PodSpec['containers'][number]['lifecycle']>['preStop']>>;

function findSkipped({ path }: PreStopHook): RuleFinding[] {
  return [
    {
      path,
      severity: 'error',
      why: 'terminationGracePeriodSeconds is 0, so the kubelet skips preStop',
      fix: `set terminationGracePeriodSeconds to the time that the hook and the shutdown of the app need, for example ${TO_STOP_SECONDS}`,
    },
  ];
}

function findTooLong({ path, value }: PreStopHook, grace: number): RuleFinding[] {
  const slept = sleptSeconds(value);
  if (slept === undefined || slept < grace) return [];
  return [
    {
      path: value.sleep ? path.child('sleep', 'seconds') : path.child('exec', 'command'),
      severity: 'error',
      why: `preStop sleeps ${slept}s, which uses up the grace period of ${grace}s: SIGTERM comes after ${grace}s, and SIGKILL ${LEAST_GRACE_PERIOD_SECONDS}s later`,
      fix: `set terminationGracePeriodSeconds: ${slept + TO_STOP_SECONDS} (${slept}s of sleep and ${TO_STOP_SECONDS}s to stop), or sleep well under ${grace}s`,
    },
  ];
}
