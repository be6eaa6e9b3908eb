import type { ObserveStep } from '../../model/experiment';
import type { Subject } from '../../model/subject';
import { leftProcesses } from '../observations/leftProcesses';
import { looksByContainer } from '../observations/looks';
import { zombies } from '../observations/zombies';
import { observes } from './observes';

/** Compares the recorded processes of each container. */
export function reapsProcesses(subject: Subject): ObserveStep {
  return observes(subject, {
    check: 'reaps-processes',
    counts: 'pod',
    observations: [zombies, leftProcesses],
    settled: (seen) =>
      looksByContainer(seen).length > 0
        ? { outcome: 'passed', message: { kind: 'noProcessLeft' } }
        : {
            outcome: 'notApplicable',
            message: { kind: seen.looks.length > 0 ? 'containersRestarted' : 'unreadableProcesses' },
          },
  });
}
