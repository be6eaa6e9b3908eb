import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lint } from '../../lint/lint';
import { ManifestError } from '../../manifest/error';
import { refuseOldNode } from '../../pod/live/nodeVersion';
import { OutputError } from '../../report/record/outputFile';
import type { Console } from '../console';
import { BAD_INPUT, type ExitCode, OK } from '../exitCode';
import { configFor, lineFor } from './config';
import { manifestsBelow, type WorkloadMatch, workloadsFound } from './findWorkload';
import { firstSpec } from './firstSpec';
import { gateSpec } from './gateSpec';
import { projectIn } from './project';
import type { NewFile } from './specText';

export interface InitCommandOptions {
  /** The manifest a spec is for; looked for where none is named. */
  readonly file?: string;
  /** `Deployment/web`, where the manifest has several. */
  readonly workload?: string;
  /** The gate's checks, in place of a first spec. */
  readonly gate?: boolean;
  /** Writes without asking. */
  readonly yes?: boolean;
}

/**
 * Shows a first spec for a manifest of the project in `folder`, or the gate's checks as one, and the configuration it needs;
 * writes them once that is agreed to. Nothing that is there is written over.
 *
 * @throws RuntimeError when Node is too old to run the spec.
 */
export async function initCommand(
  options: InitCommandOptions,
  console: Console,
  folder: string,
  nodeVersion = process.versions.node,
): Promise<ExitCode> {
  // Before anything is written that would not run.
  refuseOldNode(nodeVersion);
  const asIs = findFor(options, console, folder);
  if (!asIs) return BAD_INPUT;
  const found = options.yes ? asIs : { ...asIs, images: await localImages(asIs, options, console) };
  const project = projectIn(folder);
  const config = configFor(project);
  const spec = options.gate ? gateSpec(found, project, remarksOn(found, folder)) : firstSpec(found, project);
  const files = [spec, ...(config ? [config] : [])];
  const there = files.filter(({ name }) => existsSync(path.join(folder, name)));
  if (there.length > 0) {
    console.err(`${there.map(({ name }) => name).join(', ')}: already there, and not written over`);
    return BAD_INPUT;
  }
  for (const file of files) show(file, console);
  if (!config) console.out(`To ${project.config} add, where it is not there yet:\n\n  ${lineFor(project)}\n`);
  if (!(await isAgreed(options, console))) return OK;
  writeAll(files, folder);
  console.out(`written: ${files.map(({ name }) => name).join(', ')}; run it with npx ${project.framework}`);
  return OK;
}

/** @throws OutputError if one of them cannot be written. None stays then. */
function writeAll(files: readonly NewFile[], folder: string): void {
  const made: string[] = [];
  for (const { name, text } of files) {
    const file = path.join(folder, name);
    try {
      made.push(file);
      writeFileSync(file, text, { flag: 'wx' });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') made.pop();
      for (const each of made) rmSync(each, { force: true });
      throw new OutputError(file, cause);
    }
  }
}

function findFor({ file, workload }: InitCommandOptions, console: Console, folder: string): WorkloadMatch | undefined {
  const [named, ...others] = file === undefined ? manifestsBelow(folder) : [file];
  if (named === undefined) {
    console.err('no manifest with a workload in this folder; name one: jest-kubelet init FILE');
    return undefined;
  }
  if (others.length > 0) console.out(`also there: ${others.join(', ')}\n`);
  try {
    const all = workloadsFound(folder, named);
    const found = all.find((one) => workload === undefined || one.workload.toLowerCase() === workload.toLowerCase());
    if (!found) console.err(`${named}: there is no ${workload}, but ${all.map((one) => one.workload).join(', ')}`);
    return found;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    console.err(error.message);
    return undefined;
  }
}

/** Asks for the images that were built on this machine: those of the manifest may be in no registry that is within reach. */
async function localImages(
  { pod: { spec } }: WorkloadMatch,
  { gate = false }: InitCommandOptions,
  { askText }: Console,
): Promise<Readonly<Record<string, string>>> {
  const images: Record<string, string> = {};
  for (const { name, image } of askText ? spec.containers.slice(0, gate ? undefined : 1) : []) {
    const answer = await askText?.(`Which image of this machine runs as container ${name}? [${image}]`);
    if (answer) images[name] = answer;
  }
  return images;
}

/** What lint finds that is only worth knowing. */
function remarksOn({ file }: WorkloadMatch, folder: string): readonly string[] {
  const { findings } = lint(path.resolve(folder, file));
  return [...new Set(findings.flatMap(({ severity, code }) => (severity === 'info' ? [code] : [])))];
}

function show({ name, text }: NewFile, console: Console): void {
  console.out(`${name}:\n`);
  for (const line of text.trimEnd().split('\n')) console.out(line === '' ? '' : `  ${line}`);
  console.out('');
}

async function isAgreed({ yes }: InitCommandOptions, console: Console): Promise<boolean> {
  if (yes) return true;
  if (console.ask) return console.ask('Write this?');
  console.out('Nothing is written. With --yes it is.');
  return false;
}
