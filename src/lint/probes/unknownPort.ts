import { unknownNamedPorts } from '../../manifest/facts/namedPorts';
import { rule } from '../rule';

/** Source: probe/util.go `ResolveContainerPort`; what errors is thrown away by prober/worker.go `doProbe`. */
export const unknownPort = rule('unknown-port', ({ pod: { spec } }) =>
  unknownNamedPorts(spec).flatMap(({ path, port, detail }) => {
    const isHook = path.segments.includes('lifecycle');
    // It fails with any port, which `tcp-hook` reports.
    if (isHook && path.segments.includes('tcpSocket')) return [];
    return {
      path,
      severity: 'error',
      why: `${detail}, so ${isHook ? 'the hook fails every time' : 'the probe errors every time, which counts neither as a success nor as a failure'}`,
      right: `its number, or a port of the same container that is named ${JSON.stringify(port)}`,
    };
  }),
);
