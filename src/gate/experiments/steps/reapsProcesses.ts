import type { ObserveStep } from '../../model/experiment';
import type { Subject } from '../../model/subject';
import { leftProcesses } from '../observations/leftProcesses';
import { looksByContainer } from '../observations/looks';
import { zombies } from '../observations/zombies';
import { observes } from './observes';

const RESTARTED = 'the containers were restarted meanwhile';
const UNREADABLE = 'the processes of the containers cannot be read here';

/** Compares the looks at the processes of each container. */
export function reapsProcesses(subject: Subject): ObserveStep {
  return observes(subject, {
    check: 'reaps-processes',
    counts: 'pod',
    observations: [zombies, leftProcesses],
    settled: (seen) =>
      looksByContainer(seen).length > 0
        ? { outcome: 'passed', sentence: 'no process is left over' }
        : { outcome: 'notApplicable', sentence: seen.looks.length > 0 ? RESTARTED : UNREADABLE },
  });
}
