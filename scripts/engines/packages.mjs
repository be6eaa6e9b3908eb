import { explainMissingApt } from '../setup/apt.mjs';

/** Returns why packages may not be installed here, or undefined. */
export function explainMissingPackages() {
  if (process.env.JEST_KUBELET_SETUP === 'never') return 'JEST_KUBELET_SETUP=never keeps setup from installing it';
  return explainMissingApt();
}
