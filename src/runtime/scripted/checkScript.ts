import type { Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import { durationMs } from './behaviour';
import type { AppScript } from './script';

/** Refuses a script that cannot be meant, before anything is played. Throws a RangeError. */
export function checkScript(script: AppScript, pod: Pod): void {
  const names = containersOf(pod.spec).map(({ name }) => name);
  for (const [name, entries] of Object.entries(script)) {
    if (!names.includes(name)) {
      throw new RangeError(`the script is for a container "${name}"; pod ${pod.metadata.name} has ${names.join(', ')}`);
    }
    for (const { at, startLag, exec = {}, http = {}, onTerm } of entries) {
      durationMs(at);
      if (startLag !== undefined) durationMs(startLag);
      if (onTerm?.exitAfter !== undefined) durationMs(onTerm.exitAfter);
      const answers = Object.values(http).flatMap((paths) => Object.values(paths));
      for (const timed of [...Object.values({ ...exec, ...onTerm?.exec }), ...answers]) {
        if (typeof timed === 'object' && timed.takes !== undefined && timed.takes !== 'forever') {
          durationMs(timed.takes);
        }
      }
    }
  }
}
