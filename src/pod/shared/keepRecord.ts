import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { realNow } from '../../clock/realNow';
import { TemporaryFolderError } from '../../report/record/outputFile';
import { type PodRecord, podRecord, RECORDS_VARIABLE, UNFINISHED } from '../../report/record/podRecord';
import { hideIn } from '../../timeline/hideIn';
import type { WaitablePodRun } from '../../waiting/podRun';
import { digest } from './digest';
import { type Caller, registry, type Scope } from './registry';

/** Context of a pod's start, known only at that moment. */
export interface Start {
  readonly scope: Scope;
  readonly caller: Caller;
  readonly at: number;
}

export function startNow(scope = registry().scope): Start {
  return { scope, caller: registry().caller(), at: realNow() };
}

/** Saves the record of a pod for the reporter, if there is one. Never throws. */
export function keepRecord(podRun: WaitablePodRun, kind: PodRecord['kind'], { scope, caller, at }: Start): void {
  const folder = process.env[RECORDS_VARIABLE];
  if (!folder) return;
  const { name } = caller;
  const record = podRecord(podRun, {
    kind,
    // Outside of a test, the framework still returns the last test.
    ...(scope === 'test' && name !== undefined && { test: name }),
    ...(caller.file !== undefined && { file: caller.file }),
    manifest: digest(podRun.pod),
  });
  try {
    // Names the files in the order in which the pods started.
    const file = path.join(folder, `${at.toFixed(3)}-${podRun.pod.metadata.uid}.json`);
    const text = showRecord(record, podRun);
    writeFileSync(`${file}${UNFINISHED}`, text);
    renameSync(`${file}${UNFINISHED}`, file);
  } catch (cause) {
    const { message } = new TemporaryFolderError(path.dirname(folder), cause);
    process.stderr.write(`jest-kubelet: the report does not contain pod ${record.name}: ${message}\n`);
  }
}

/** Saves the record of a simulated pod at the end of its test or file. */
export function recordWhenOver(podRun: WaitablePodRun): void {
  if (!process.env[RECORDS_VARIABLE]) return;
  const start = startNow();
  registry().pods.add({ scope: start.scope, remove: () => keepRecord(podRun, 'simulated', start) });
}

/** Returns the record as JSON, without the values of the pod's Secrets. */
function showRecord(record: PodRecord, { hide = (text) => text }: WaitablePodRun): string {
  return JSON.stringify(hideIn(record, hide));
}
