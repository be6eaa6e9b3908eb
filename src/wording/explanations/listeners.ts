import { formatList } from '../list';
import type { AddressesFact, Explanation, PortFact, ProbeOfContainer } from './explanation';

const FAQ = 'probes.md#bound-to-localhost';

/** Explanations of probes whose connection is refused. */
export const LISTENERS = {
  'other-port': ({ container, probe, addresses, port }: ProbeOfContainer & AddressesFact & PortFact): Explanation => ({
    cause: listensElsewhere(container, probe, addresses, port),
    fix: 'Set the probe to the port of the app, or the app to the port of the probe.',
    faq: FAQ,
  }),
  'bound-to-localhost': ({
    container,
    probe,
    addresses,
    port,
  }: ProbeOfContainer & AddressesFact & PortFact): Explanation => ({
    cause: listensElsewhere(container, probe, addresses, port),
    fix: 'Bind 0.0.0.0, or [::] for IPv6 too, because only the pod itself reaches a loopback address.',
    faq: FAQ,
  }),
  'nothing-listens': ({ container, probe, addresses }: ProbeOfContainer & AddressesFact): Explanation => {
    const other = addresses.length === 0 ? '' : `, which listens on ${formatList(addresses)} so far`;
    return {
      cause: `Nothing listens on the port of the ${probe} probe at the IP of the pod${other}.`,
      fix: `Check that ${container} is up, uses this port, and binds 0.0.0.0 instead of 127.0.0.1.`,
      faq: FAQ,
    };
  },
};

function listensElsewhere(container: string, probe: string, addresses: readonly string[], port: number): string {
  return `${container} listens on ${formatList(addresses)}, but the ${probe} probe connects to port ${port} at the IP of the pod.`;
}
