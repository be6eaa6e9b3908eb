export { toBecomeReady } from './toBecomeReady';
export { toBecomeUnready } from './toBecomeUnready';
export { toBeValidManifest } from './toBeValidManifest';
export { toHaveEvent } from './toHaveEvent';
export { toHaveNoFindings } from './toHaveNoFindings';
export { toHavePhase } from './toHavePhase';
export { toRestart } from './toRestart';
export { toRestartAtMost } from './toRestartAtMost';
