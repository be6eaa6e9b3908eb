import { argv } from './argv';
import { backOff } from './backOff';
import { conditions } from './conditions';
import { kill } from './kill';
import { podActions } from './podActions';
import { printers } from './printers';
import { proberManager } from './proberManager';
import { proberWorker } from './proberWorker';
import { probes } from './probes';
import { qos } from './qos';
import { status } from './status';
import { validation } from './validation';
import type { Subject } from './words';

/** Every subject that a `function` or `sequence` case may call. */
export const subjects: Readonly<Record<string, Subject>> = {
  ...argv,
  ...backOff,
  ...conditions,
  ...kill,
  ...podActions,
  ...printers,
  ...probes,
  ...proberManager,
  ...proberWorker,
  ...qos,
  ...status,
  ...validation,
};
