import type { FaultId } from '../../gate/model/fault';

interface FaultText {
  /** Its name in the matrix. */
  readonly name: string;
  /** The way to inject it. */
  readonly how: string;
  /** The correct reaction. */
  readonly reaction: string;
}

const RESTARTS_BY_LIVENESS = 'the liveness probe restarts the container, and the pod becomes Ready again';
const RESTARTS = 'the container restarts, and the pod becomes Ready again';

/** The faults of the matrix, as its rows and docs/gate.md describe them. */
export const FAULT_TEXTS: Readonly<Record<FaultId, FaultText>> = {
  hang: {
    name: 'hang',
    how: 'every process of the container is stopped (SIGSTOP)',
    reaction: RESTARTS_BY_LIVENESS,
  },
  crash: { name: 'crash', how: 'the main process of the container is killed', reaction: RESTARTS },
  portClosed: {
    name: 'port closed',
    how: 'the network of the pod is disconnected, because only a process can close its own port. Clients see no difference',
    reaction: RESTARTS_BY_LIVENESS,
  },
  serviceCut: {
    name: 'service cut',
    how: 'a dependency given with `--service` is disconnected',
    reaction: 'no container restarts. The pod may become unready',
  },
  outOfMemory: {
    name: 'out of memory',
    how: 'the memory limit is lowered to the current use while clients send requests',
    reaction: RESTARTS,
  },
  cpuThrottled: {
    name: 'CPU throttled to its request',
    how: 'the CPU is limited to `requests.cpu`',
    reaction: 'no container restarts',
  },
  diskFull: {
    name: 'disk full',
    how: 'an emptyDir with `medium: Memory` and a `sizeLimit` of up to 256Mi is filled',
    reaction: 'no container restarts, because a restart does not empty a volume',
  },
};
