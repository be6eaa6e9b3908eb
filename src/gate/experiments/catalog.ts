import type { NotApplicable } from '../../wording/gate/checks';
import { CHECK_IDS, type CheckId } from '../model/checks';
import { checksOf, type Experiment, type ExperimentFile } from '../model/experiment';
import type { FaultDefinition } from '../model/fault';
import type { NotChecked } from '../model/notChecked';
import { runsToCompletion, type Subject } from '../model/subject';
import { completes } from './completes';
import { crashes } from './crashes';
import { cpuThrottled } from './faults/cpuThrottled';
import { diskFull } from './faults/diskFull';
import { outOfMemory } from './faults/outOfMemory';
import { portClosed } from './faults/portClosed';
import { hangs } from './hangs';
import { outages, serviceCut } from './outages';
import { slowStart } from './slowStart';
import { steadyState } from './steadyState';
import { traffic } from './traffic';

/** The experiments of a long-running pod in the order of their start. The others build on the first one. */
const CATALOG: readonly ExperimentFile[] = [
  steadyState,
  hangs,
  slowStart,
  traffic,
  outages,
  crashes,
  portClosed,
  serviceCut,
  outOfMemory,
  cpuThrottled,
  diskFull,
];

/** The faults of the matrix, in the order of its rows. */
export const FAULTS: readonly FaultDefinition[] = CATALOG.flatMap(({ fault }) => fault ?? []);

/** Returns the experiments that give results for checks of a pod. */
export function experimentsFor(subject: Subject): readonly Experiment[] {
  const files = runsToCompletion(subject) ? [completes] : CATALOG;
  return files.flatMap((file) => file.experimentsFor(subject)).filter((experiment) => checksOf(experiment).length > 0);
}

/** Returns what the checks of a pod do not cover, because the manifest or the user does not provide it. */
export function gapsOf(subject: Subject): readonly NotChecked[] {
  return runsToCompletion(subject) ? [] : CATALOG.flatMap((file) => file.gapsOf?.(subject) ?? []);
}

/** Returns the experiments that inject faults, in the order of the matrix' rows. */
export function faultsFor(subject: Subject): readonly Experiment[] {
  return CATALOG.flatMap((file) => (file.fault ? file.experimentsFor(subject).filter(({ fault }) => fault) : []));
}

/** Returns why a check does not apply to a pod that no experiment checks for it. */
export function explainNotApplicable(subject: Subject, check: CheckId): NotApplicable {
  const { restartPolicy } = subject.pod.spec;
  if (runsToCompletion(subject)) return { kind: 'expectedToComplete', restartPolicy };
  const isPublished = subject.backend.publishNotReadyAddresses && OF_ENDPOINTS.includes(check);
  return isPublished ? { kind: 'publishesNotReady' } : { kind: 'nothingToCheck', check };
}

const OF_ENDPOINTS: readonly CheckId[] = ['readiness-leaves-endpoints', 'serves-clients', 'drains'];

/** The checks of the running pod. The others only read its manifest. */
export const POD_CHECKS = CHECK_IDS.filter((id) => id !== 'valid' && id !== 'lint');
