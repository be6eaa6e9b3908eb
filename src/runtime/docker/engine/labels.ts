import { thisProcess } from '../../owner';

/** Label of every container, volume and network: its run. */
export const RUN_LABEL = 'jest-kubelet.run';

/** Label beside it: the process that is responsible for the run. */
export const OWNER_LABEL = 'jest-kubelet.owner';

/** Label of the pod of the run that it belongs to. */
export const POD_LABEL = 'jest-kubelet.pod';

export function runLabels(run: string): Readonly<Record<string, string>> {
  return { [RUN_LABEL]: run, [SESSION_LABEL]: run, [OWNER_LABEL]: JSON.stringify(thisProcess()) };
}

/** Label by whose value testcontainers' reaper finds the containers of a session. */
const SESSION_LABEL = 'org.testcontainers.session-id';
