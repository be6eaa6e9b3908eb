export { describeEvents } from './describeEvents';
export { getPodWatch, PodWatch } from './podWatch';
