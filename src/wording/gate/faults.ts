import type { FaultId } from '../../gate/model/fault';

interface FaultText {
  /** Its name in the matrix. */
  readonly name: string;
  /** How it is injected. */
  readonly how: string;
  /** The right reaction. */
  readonly right: string;
}

/** The faults of the matrix, as its rows and docs/gate.md describe them. */
export const FAULT_TEXTS: Readonly<Record<FaultId, FaultText>> = {
  hang: {
    name: 'hang',
    how: 'every process of the container is stopped (SIGSTOP)',
    right: 'its liveness probe has it restarted, and the pod is Ready again',
  },
  crash: {
    name: 'crash',
    how: 'its main process is killed',
    right: 'it is restarted, and the pod Ready again',
  },
  portClosed: {
    name: 'port closed',
    how: 'the network of the pod is cut: nothing outside a process can close its port, and for clients it is the same',
    right: 'its liveness probe has it restarted, and the pod is Ready again',
  },
  serviceCut: {
    name: 'service cut',
    how: 'a service given with `--service` is cut off',
    right: 'nothing is restarted; the pod may be unready',
  },
  outOfMemory: {
    name: 'out of memory',
    how: 'its limit is lowered to what it uses, and clients ask it',
    right: 'it is restarted, and the pod Ready again',
  },
  cpuThrottled: {
    name: 'CPU throttled to its request',
    how: 'its CPU is limited to `requests.cpu`',
    right: 'nothing is restarted',
  },
  diskFull: {
    name: 'disk full',
    how: 'an emptyDir with `medium: Memory` and a `sizeLimit` of up to 256 MiB is filled',
    right: 'nothing is restarted; a restart empties no volume',
  },
};
