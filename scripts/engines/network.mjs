import { run } from '../setup/command.mjs';

/** Returns the networks of an engine, one of 250: four addresses for the link to it, and the addresses of its pods. */
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
 * Activates this end of the link, with a route to the pods that disappears with the link. Direct connections use the
 * route, although the pods seem to be on another machine.
 */
export function takeIntoUse({ link, here, there, podsNetwork }) {
  run('ip', ['address', 'add', `${here}/30`, 'dev', link]);
  run('ip', ['link', 'set', link, 'up']);
  run('ip', ['route', 'add', podsNetwork, 'via', there]);
}
