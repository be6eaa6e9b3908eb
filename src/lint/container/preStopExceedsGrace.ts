import { hooksOf, type Located } from '../../manifest/facts/parts';
import { sleptSeconds } from '../../manifest/facts/sleptSeconds';
import type { PodSpec } from '../../manifest/model';
import { LEAST_GRACE_PERIOD_SECONDS } from '../../timing/rules';
import { type Flaw, rule } from '../rule';

const TO_STOP_SECONDS = 30;

/** Source: kuberuntime_container.go `killContainer`: what the hook took is deducted, and 2s are the least. */
export const preStopExceedsGrace = rule('prestop-exceeds-grace', ({ pod: { spec } }) => {
  const { terminationGracePeriodSeconds: grace } = spec;
  if (grace === undefined) return [];
  return hooksOf(spec)
    .filter(({ field }) => field === 'preStop')
    .flatMap((hook) => (grace === 0 ? skipped(hook) : tooLong(hook, grace)));
});

type PreStopHook = Located<NonNullable<NonNullable<PodSpec['containers'][number]['lifecycle']>['preStop']>>;

function skipped({ path }: PreStopHook): Flaw[] {
  return [
    {
      path,
      severity: 'error',
      why: 'terminationGracePeriodSeconds is 0, and without a grace the kubelet skips preStop',
      right: `a terminationGracePeriodSeconds of what the hook takes and the app needs to stop, such as ${TO_STOP_SECONDS}`,
    },
  ];
}

function tooLong({ path, value }: PreStopHook, grace: number): Flaw[] {
  const slept = sleptSeconds(value);
  if (slept === undefined || slept < grace) return [];
  return [
    {
      path: value.sleep ? path.child('sleep', 'seconds') : path.child('exec', 'command'),
      severity: 'error',
      why: `preStop sleeps ${slept}s, which uses up the whole grace of ${grace}s: SIGTERM comes after ${grace}s, and SIGKILL ${LEAST_GRACE_PERIOD_SECONDS}s later`,
      right: `a terminationGracePeriodSeconds of ${slept + TO_STOP_SECONDS} (${slept}s of sleep and ${TO_STOP_SECONDS}s to stop), or a sleep well under ${grace}s`,
    },
  ];
}
