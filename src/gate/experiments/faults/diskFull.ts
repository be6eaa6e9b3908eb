import type { Container } from '../../../manifest/model';
import { mebiOf } from '../../../manifest/values/mebibytes';
import type { Experiment, ExperimentFile } from '../../model/experiment';
import type { FaultDefinition } from '../../model/fault';
import { runningContainers, type Subject } from '../../model/subject';
import { restartDetected } from '../steps/detected';

const DISK_FULL: FaultDefinition = { fault: 'diskFull', expected: 'notRestarted' };

/** A larger volume takes long to fill, and uses much memory of the machine. */
const FILLED_MOST_MEBI = 256;

/** Fills a volume that has its own size limit, because any other volume would fill the disk of the machine. */
export const diskFull: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).map((container) => fillVolume(subject, container)),
  fault: DISK_FULL,
};

function fillVolume(subject: Subject, container: Container): Experiment {
  const { name } = container;
  const bounded = boundedMount(subject, container);
  const { mountPath = '', mebi = 0 } = bounded ?? {};
  return {
    name: { kind: 'diskFull', container: name },
    fault: { ...DISK_FULL, target: name, container: name },
    notApplicable: bounded ? undefined : { kind: 'noBoundedVolume', container: name },
    steps: [
      { do: 'start' },
      { do: 'waitUntilReady' },
      { do: 'fillDisk', container: name, mountPath, mebi },
      restartDetected(subject, name),
    ],
  };
}

function boundedMount({ pod: { spec } }: Subject, { volumeMounts = [] }: Container) {
  for (const { name, mountPath } of volumeMounts) {
    const mebi = boundOf(spec.volumes?.find((volume) => volume.name === name)?.emptyDir);
    if (mebi !== undefined) return { mountPath, mebi };
  }
  return undefined;
}

/** Returns the size limit of a volume in memory; undefined for any other volume, and if it is too large to fill. */
function boundOf(emptyDir: { readonly medium?: string; readonly sizeLimit?: string } | undefined): number | undefined {
  if (emptyDir?.medium !== 'Memory' || emptyDir.sizeLimit === undefined) return undefined;
  const mebi = mebiOf(emptyDir.sizeLimit);
  return mebi > 0 && mebi <= FILLED_MOST_MEBI ? mebi : undefined;
}
