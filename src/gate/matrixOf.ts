import { secretsIn } from '../manifest/companions';
import { loadRead } from '../manifest/loadPod';
import type { ReadSource } from '../manifest/source';
import { hiderOf } from '../masking/masker';
import { type GateWorkloadOptions, runOptions } from './gateWorkload';
import type { StartActor } from './model/actor';
import { subjectOnEngine } from './runner/onEngine';
import { type Matrix, runMatrix } from './runner/runMatrix';

export type MatrixOfOptions = Omit<GateWorkloadOptions, 'checks'>;

/**
 * Gets ready to do each fault to a workload of a manifest, `Deployment/checkout`; nothing is started before the play, which
 * rejects with a RuntimeError when the engine does not do its part.
 *
 * @throws ManifestError when Kubernetes rejects it, or it asks for something that is refused.
 */
export function matrixOf(read: ReadSource, workload: string, options: MatrixOfOptions): () => Promise<Matrix> {
  const { images, services, ...manifest } = runOptions(workload, options);
  loadRead(read, manifest);
  return async () => {
    const asked = { ...manifest, images, services };
    const { subject, prepared, start } = await subjectOnEngine(read, asked, options.endpointRemovalDelay);
    for (const note of prepared.notes) options.onNote(note);
    const { parallel, deadline, progress } = options;
    let isAble = false;
    let failure: unknown;
    const tried: StartActor = async (pod) => {
      try {
        const actor = await start(pod);
        isAble = true;
        return actor;
      } catch (error) {
        failure ??= error;
        throw error;
      }
    };
    const { cells, score } = await runMatrix(subject, { start: tried, parallel, deadline, progress });
    // Without an engine nothing applies, which is not what it means.
    if (!isAble && failure !== undefined) throw failure;
    const hide = hiderOf({ secrets: secretsIn(read.documents) });
    return { cells: cells.map((cell) => ({ ...cell, sentence: hide(cell.sentence) })), score };
  };
}
