import { lifecycle } from './lifecycle';
import { ports } from './ports';
import { probeExec } from './probeExec';
import { probeGRPC } from './probeGRPC';
import { probeHTTP } from './probeHTTP';
import { proberRun } from './proberRun';
import { probeTCP } from './probeTCP';
import type { Subject } from './words';

/** Probes, hooks and what they dial. */
export const probes: Readonly<Record<string, Subject>> = {
  ...lifecycle,
  ...ports,
  ...proberRun,
  ...probeExec,
  ...probeGRPC,
  ...probeHTTP,
  ...probeTCP,
};
