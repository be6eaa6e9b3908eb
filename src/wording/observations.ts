import type { ProbeType } from '../timeline/event';

interface ProbeOf {
  readonly container: string;
  readonly probe: ProbeType;
}

/** What is observed of a pod, as a sentence each. */
export const OBSERVATIONS = {
  redirectedProbe: ({ container, probe, location }: ProbeOf & { readonly location: string }) =>
    `the ${probe} probe of ${container} is redirected to ${location}. The kubelet does not follow it to another host and counts it as success, so it shows nothing about ${container}`,
  probeWithoutResult: ({ container, probe, output }: ProbeOf & { readonly output: string }) =>
    `the ${probe} probe of ${container} has no result: ${output}. The kubelet ignores such an attempt, so the probe detects nothing`,
  flappingReadiness: ({
    container,
    times,
    output,
  }: Record<'container' | 'output', string> & { readonly times: number }) =>
    `the readiness probe of ${container} flaps: it failed ${times} times and succeeded again, although nothing happened to the pod: ${output}`,
} as const;
