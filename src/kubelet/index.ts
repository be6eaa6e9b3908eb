export { crashLoopLimits } from './backoff';
export { behaviorOf } from './behavior/behaviorOf';
export { type CgroupVersion, DEFAULT_CONFIG, endsContainerOnOOM, type KubeletConfig } from './config';
export { IDEAL, NODE, type Profile } from './profile';
export { random } from './random';
export type { Allocatable } from './schedule';
export type { PodState } from './state';
export { createPod, isIdle, isStill, isWaiting, type Step, type StillPod, step, wakeAt } from './step';
export type { Command, Observation } from './words';
