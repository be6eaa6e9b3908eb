import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lint } from '../../lint/lint';
import { ManifestError } from '../../manifest/error';
import { refuseOldNode } from '../../pod/live/nodeVersion';
import { OutputError } from '../../report/record/outputFile';
import type { Console } from '../console';
import { BAD_INPUT, type ExitCode, OK } from '../exitCode';
import { formatConfig, formatConfigLine } from './config';
import { listManifests, loadWorkloads, type WorkloadMatch } from './findWorkload';
import { formatFirstSpec } from './formatFirstSpec';
import { formatGateSpec } from './formatGateSpec';
import { readProject } from './project';
import type { NewFile } from './specText';

export interface InitCommandOptions {
  /** Manifest to test. Default: the first one in the folder. */
  readonly file?: string;
  /** `Deployment/web`. Default: the first workload. */
  readonly workload?: string;
  /** True to write the checks of the gate instead of a first spec. */
  readonly gate?: boolean;
  /** True to write without asking. */
  readonly yes?: boolean;
}

/**
 * Shows a first spec for a manifest in `folder`, or the gate's checks as a spec, and the configuration that it needs. Writes
 * them if the user agrees, and never overwrites a file.
 *
 * @throws RuntimeError if Node is too old to run the spec.
 */
export async function initCommand(
  options: InitCommandOptions,
  console: Console,
  folder: string,
  nodeVersion = process.versions.node,
): Promise<ExitCode> {
  // Fails before it writes a spec that would not run.
  refuseOldNode(nodeVersion);
  const match = findMatch(options, console, folder);
  if (!match) return BAD_INPUT;
  const found = options.yes ? match : { ...match, images: await askForImages(match, options, console) };
  const project = readProject(folder);
  const config = formatConfig(project);
  const spec = options.gate
    ? formatGateSpec(found, project, findInfoCodes(found, folder))
    : formatFirstSpec(found, project);
  const files = [spec, ...(config ? [config] : [])];
  const existing = files.filter(({ name }) => existsSync(path.join(folder, name)));
  if (existing.length > 0) {
    console.err(
      `${existing.map(({ name }) => name).join(', ')}: already exists and is not overwritten. Move or delete it`,
    );
    return BAD_INPUT;
  }
  for (const file of files) show(file, console);
  if (!config)
    console.out(`Add this line to ${project.config}, unless it is there:\n\n  ${formatConfigLine(project)}\n`);
  if (!(await isAgreed(options, console))) return OK;
  writeAll(files, folder);
  console.out(`wrote ${files.map(({ name }) => name).join(', ')}. Run the test with npx ${project.framework}`);
  return OK;
}

/**
 * Writes all files, or none.
 *
 * @throws OutputError if a file cannot be written.
 */
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

function findMatch(
  { file, workload }: InitCommandOptions,
  console: Console,
  folder: string,
): WorkloadMatch | undefined {
  const [named, ...others] = file === undefined ? listManifests(folder) : [file];
  if (named === undefined) {
    console.err('no manifest with a workload in this folder. Pass one: jest-kubelet init FILE');
    return undefined;
  }
  if (others.length > 0) console.out(`other manifests: ${others.join(', ')}\n`);
  try {
    const all = loadWorkloads(folder, named);
    const found = all.find((one) => workload === undefined || one.workload.toLowerCase() === workload.toLowerCase());
    if (!found) {
      const valid = all.map((one) => one.workload).join(', ');
      console.err(`${named}: unknown workload ${JSON.stringify(workload)}. Valid workloads: ${valid}`);
    }
    return found;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    console.err(error.message);
    return undefined;
  }
}

/** Asks for local images, because those of the manifest may be in a registry that is not reachable. */
async function askForImages(
  { pod: { spec } }: WorkloadMatch,
  { gate = false }: InitCommandOptions,
  { askText }: Console,
): Promise<Readonly<Record<string, string>>> {
  const images: Record<string, string> = {};
  for (const { name, image } of askText ? spec.containers.slice(0, gate ? undefined : 1) : []) {
    const answer = await askText?.(`Which local image should container ${name} run? [${image}]`);
    if (answer) images[name] = answer;
  }
  return images;
}

/** Returns the codes of lint findings with severity info. */
function findInfoCodes({ file }: WorkloadMatch, folder: string): readonly string[] {
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
  if (console.ask) return console.ask('Write the files?');
  console.out('Nothing was written. Pass --yes to write the files.');
  return false;
}
