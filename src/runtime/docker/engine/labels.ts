import { thisProcess } from '../../owner';

/** On every container, volume and network: which run it belongs to. */
export const RUN_LABEL = 'jest-kubelet.run';

/** Beside it: which process answers for that run. */
export const OWNER_LABEL = 'jest-kubelet.owner';

/** And which pod of the run it is for. */
export const POD_LABEL = 'jest-kubelet.pod';

export function runLabels(run: string): Readonly<Record<string, string>> {
  return { [RUN_LABEL]: run, [SESSION_LABEL]: run, [OWNER_LABEL]: JSON.stringify(thisProcess()) };
}

/** Containers that carry it are what testcontainers' reaper is told to look after, by the value. */
const SESSION_LABEL = 'org.testcontainers.session-id';
