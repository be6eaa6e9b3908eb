import { disabledField } from './disabledField';
import { execProbeTooOften } from './execProbeTooOften';
import { httpHookStatusIgnored } from './httpHookStatusIgnored';
import { livenessSameAsReadiness } from './livenessSameAsReadiness';
import { livenessStricter } from './livenessStricter';
import { livenessTCP } from './livenessTCP';
import { livenessUnderOnFailure } from './livenessUnderOnFailure';
import { livenessWithoutStartup } from './livenessWithoutStartup';
import { noReadinessBehindService } from './noReadinessBehindService';
import { preStopExceedsGrace } from './preStopExceedsGrace';
import { probeHost } from './probeHost';
import { probePortNotListed } from './probePortNotListed';
import { SERVICE_RULES } from './serviceRules';
import { shellAsPID1 } from './shellAsPID1';
import { startedCarriedOver } from './startedCarriedOver';
import { tcpHook } from './tcpHook';
import { timeoutExceedsPeriod } from './timeoutExceedsPeriod';
import { unknownPort } from './unknownPort';
import { variableNotExpanded } from './variableNotExpanded';

/** Everything that is looked for, in the order of docs/lint.md. */
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

/** What a finding is called, which stays the same; docs/lint.md has a section for each. */
export type FindingCode = (typeof RULES | typeof SERVICE_RULES)[number]['code'];

/** All of them. */
export const FINDING_CODES: readonly FindingCode[] = [...RULES, ...SERVICE_RULES].map(({ code }) => code);
