export { toBecomeReady } from './toBecomeReady';
export { toBecomeUnready } from './toBecomeUnready';
export { toHaveEvent } from './toHaveEvent';
export { toHavePhase } from './toHavePhase';
export { toRestart } from './toRestart';
