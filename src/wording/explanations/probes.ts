import { formatDuration } from '../durations';
import type { Explanation, NamedContainer, ProbeOfContainer } from './explanation';

/** Explanations of probes that fail or do not run. */
export const PROBES = {
  'named-ports': ({
    container,
    probe,
    port,
    names,
  }: ProbeOfContainer & { readonly port: string; readonly names: readonly string[] }): Explanation => ({
    cause: `No port of ${container} is named "${port}" (${names.length > 0 ? `its ports: ${names.join(', ')}` : 'it names no port'}), so the probe never runs and the kubelet ignores it.`,
    fix: `Set the port of ${probe}Probe to a port of ${container}.`,
    faq: 'probes.md#named-ports',
  }),
  'exec-probe-missing-binary': ({
    container,
    probe,
    isIgnored,
  }: ProbeOfContainer & { readonly isIgnored: boolean }): Explanation => ({
    cause: isIgnored
      ? `The image of ${container} lacks the program of its ${probe} probe. Without a shell around it, the kubelet ignores the result.`
      : `The image of ${container} lacks the program of its ${probe} probe. The shell around it makes that a failure.`,
    fix: 'Add the program to the image, or use httpGet, tcpSocket or grpc.',
    faq: 'exec-probes.md#exec-probe-missing-binary',
  }),
  'errored-probes': ({ probe }: Pick<ProbeOfContainer, 'probe'>): Explanation => ({
    cause: `The ${probe} probe could not run and the kubelet ignores the result, so it never ${probe === 'liveness' ? 'restarts the container' : 'succeeds'}.`,
    faq: 'probes.md#errored-probes',
  }),
  'failures-survive-a-crash': ({
    container,
    failures,
    threshold,
  }: NamedContainer & { readonly failures: number; readonly threshold: number }): Explanation => ({
    cause: `Failures from before a crash still count: ${container} had failed ${failures} of ${threshold} times before it started.`,
    faq: 'probes.md#failures-survive-a-crash',
  }),
  'probe-404': ({ container, probe, path }: ProbeOfContainer & { readonly path: string }): Explanation => ({
    cause: `${container} returns 404 for ${path}, but the probe needs a status from 200 to 399.`,
    fix: `Set ${probe}Probe.httpGet.path to a path that ${container} serves.`,
    faq: 'probes.md#probe-404',
  }),
  'host-header': ({ container, probe }: ProbeOfContainer): Explanation => ({
    cause:
      'The Host header of the probe is the IP and port of the pod, which servers with a list of allowed hosts reject.',
    fix: `Set Host in ${probe}Probe.httpGet.httpHeaders, or allow this host in ${container}.`,
    faq: 'probes.md#host-header',
  }),
  'grpc-service-unknown': ({
    container,
    probe,
    service,
  }: ProbeOfContainer & { readonly service: string }): Explanation => ({
    cause: `The health server of ${container} does not know the service ${JSON.stringify(service)}.`,
    fix: `Register the service there, or set ${probe}Probe.grpc.service to a known one. Without a name, the probe checks the whole server.`,
  }),
  'grpc-health-missing': ({ container, probe }: ProbeOfContainer): Explanation => ({
    cause: `${container} does not serve the gRPC health protocol at the port of ${probe}Probe.`,
    fix: 'Register the health service there, or use another kind of probe.',
  }),
  'probe-rejected': ({ container, probe }: ProbeOfContainer): Explanation => ({
    cause: `${container} rejects the request of its ${probe} probe, and more time does not change that.`,
    fix: `Serve the path without credentials and conditions, or set ${probe}Probe.httpGet.httpHeaders to what ${container} needs.`,
  }),
  'probe-timeout': ({
    container,
    probe,
    timeoutSeconds,
    isExec,
  }: ProbeOfContainer & { readonly timeoutSeconds: number; readonly isExec: boolean }): Explanation => {
    const timeout = `${formatDuration(timeoutSeconds * 1_000)}${timeoutSeconds === 1 ? ' (the default)' : ''}`;
    return {
      cause: `The ${probe} probe of ${container} got no response within its timeout of ${timeout}.`,
      fix: `Raise ${probe}Probe.timeoutSeconds, unless ${container} hangs.`,
      faq: isExec ? 'exec-probes.md#exec-probe-timeout' : 'probes.md#probe-timeout-one-second',
    };
  },
};
