import { dialTCP } from '../../../../src/probes/tcp/dial';
import { judgeTCP } from '../../../../src/probes/tcp/judge';
import { tcpTarget } from '../../../../src/probes/tcp/target';
import { realLimit } from '../../../pace';
import { portsOf, tcpSocketOf } from './handlers';
import { resultOf } from './outcome';
import { freePort, listen, silent } from './servers';
import { attempt, durationMs, SOURCE_BEHAVIOR, type Subject, wordsOf } from './words';

export const probeTCP: Readonly<Record<string, Subject>> = {
  'probe.tcp.target': async (given) => {
    const { podIP, ports, tcpSocket } = wordsOf('given', given, ['podIP', 'ports', 'tcpSocket']);
    return attempt(() => ({
      ...tcpTarget(tcpSocketOf(tcpSocket), portsOf(ports), String(podIP ?? ''), SOURCE_BEHAVIOR),
    }));
  },

  'probe.tcp.run': async (given) => {
    const { listening, port, timeout } = wordsOf('given', given, ['listening', 'port', 'timeout']);
    await using server = listening === false ? undefined : await listen(silent());
    const target = { host: '127.0.0.1', port: Number(port ?? server?.port ?? (await freePort())) };
    return resultOf(judgeTCP(await dialTCP(target, realLimit(durationMs('timeout', timeout ?? '1s')))));
  },
};
