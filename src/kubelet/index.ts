export { behaviorOf } from './behavior/behaviorOf';
export {
  type Allocatable,
  type CgroupVersion,
  DEFAULT_CONFIG,
  endsContainerOnOOM,
  type KubeletConfig,
} from './behavior/config';
export { IDEAL, NODE, type Profile, profiles } from './behavior/profile';
export { crashLoopLimits } from './state/backOff';
export type { PodState } from './state/podState';
export type { Command, Observation } from './state/protocol';
export { random } from './state/random';
export { createPod, isIdle, isStill, isWaiting, type StepResult, type StillPod, step, wakeAt } from './syncLoop';
export { untilQuiet } from './untilQuiet';
