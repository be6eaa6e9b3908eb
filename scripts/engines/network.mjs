import { run } from '../setup/command.mjs';

/** The networks of an engine: four addresses for the cable that leads to it, and those of its pods. One of 250 such. */
export function networkFor(pid) {
  const part = pid % 250;
  return {
    link: `jke${pid}`.slice(0, 15),
    here: `10.215.${part}.1`,
    there: `10.215.${part}.2`,
    /** The address of the bridge that its pods are on. */
    pods: `10.216.${part}.1/24`,
    podsNetwork: `10.216.${part}.0/24`,
  };
}

/**
 * Takes this end of the cable into use. The route goes with the cable. Dialing a pod directly works by it, though nothing
 * here takes the pod to be near.
 */
export function takeIntoUse({ link, here, there, podsNetwork }) {
  run('ip', ['address', 'add', `${here}/30`, 'dev', link]);
  run('ip', ['link', 'set', link, 'up']);
  run('ip', ['route', 'add', podsNetwork, 'via', there]);
}
