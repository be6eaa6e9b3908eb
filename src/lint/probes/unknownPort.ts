import { unknownNamedPorts } from '../../manifest/facts/namedPorts';
import { rule } from '../rule';

/** Source: probe/util.go `ResolveContainerPort`; prober/worker.go `doProbe` drops the result of an error. */
export const unknownPort = rule('unknown-port', ({ pod: { spec } }) =>
  unknownNamedPorts(spec).flatMap(({ path, port, detail }) => {
    const isHook = path.segments.includes('lifecycle');
    // A tcpSocket hook fails with any port, which `tcp-hook` reports.
    if (isHook && path.segments.includes('tcpSocket')) return [];
    return {
      path,
      severity: 'error',
      why: `${detail}. ${isHook ? 'The hook fails every time' : 'Every attempt of the probe errors, which counts neither as a success nor as a failure'}`,
      fix: `use the number of the port, or name a port of the same container ${JSON.stringify(port)}`,
    };
  }),
);
