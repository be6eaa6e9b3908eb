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
    for (const { at, exec = {}, onTerm } of entries) {
      durationMs(at);
      if (onTerm?.exitAfter !== undefined) durationMs(onTerm.exitAfter);
      for (const command of Object.values({ ...exec, ...onTerm?.exec })) {
        if (typeof command === 'object' && command.takes !== undefined && command.takes !== 'forever') {
          durationMs(command.takes);
        }
      }
    }
  }
}
