import { disabledField } from './container/disabledField';
import { httpHookStatusIgnored } from './container/httpHookStatusIgnored';
import { preStopExceedsGrace } from './container/preStopExceedsGrace';
import { shellAsPID1 } from './container/shellAsPID1';
import { tcpHook } from './container/tcpHook';
import { variableNotExpanded } from './container/variableNotExpanded';
import { execProbeTooOften } from './probes/execProbeTooOften';
import { livenessSameAsReadiness } from './probes/livenessSameAsReadiness';
import { livenessStricter } from './probes/livenessStricter';
import { livenessTCP } from './probes/livenessTCP';
import { livenessUnderOnFailure } from './probes/livenessUnderOnFailure';
import { livenessWithoutStartup } from './probes/livenessWithoutStartup';
import { noReadinessBehindService } from './probes/noReadinessBehindService';
import { probeHost } from './probes/probeHost';
import { probePortNotListed } from './probes/probePortNotListed';
import { startedCarriedOver } from './probes/startedCarriedOver';
import { timeoutExceedsPeriod } from './probes/timeoutExceedsPeriod';
import { unknownPort } from './probes/unknownPort';
import { SERVICE_RULES } from './serviceRules';

/** All rules for pods, in the order of docs/lint.md. */
export const RULES = [
  preStopExceedsGrace,
  livenessWithoutStartup,
  startedCarriedOver,
  livenessStricter,
  livenessSameAsReadiness,
  livenessTCP,
  livenessUnderOnFailure,
  timeoutExceedsPeriod,
  execProbeTooOften,
  unknownPort,
  probePortNotListed,
  probeHost,
  noReadinessBehindService,
  httpHookStatusIgnored,
  tcpHook,
  variableNotExpanded,
  shellAsPID1,
  disabledField,
] as const;

/** Code of a finding, which never changes. docs/lint.md has a section for each. */
export type FindingCode = (typeof RULES | typeof SERVICE_RULES)[number]['code'];

/** Codes of all findings. */
export const FINDING_CODES: readonly FindingCode[] = [...RULES, ...SERVICE_RULES].map(({ code }) => code);
