import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { checkVersionText, NEWEST_VERSION } from '../manifest/values/kubernetesVersion';
import { collect } from './collect';
import type { Console } from './console';
import { BAD_INPUT, type ExitCode, OK } from './exitCode';
import { explainCommand } from './explain/explainCommand';
import { defineGate } from './gate/defineGate';
import { initCommand } from './init/initCommand';
import { lintCommand } from './lint/lintCommand';
import { printError } from './printError';
import { defineRun } from './run/defineRun';
import { safeConsole } from './safeConsole';

/** Runs the command in the arguments, and prints each error on one line. */
export async function run(args: readonly string[], version: string, console: Console): Promise<ExitCode> {
  let exitCode: ExitCode = OK;
  const safe = safeConsole(console, process.env);
  const program = createProgram(version, safe, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? OK : BAD_INPUT;
    return printError(error, safe);
  } finally {
    safe.end();
  }
}

function createProgram(version: string, console: Console, end: (code: ExitCode) => void): Command {
  const program = new Command('jest-kubelet')
    .description("Test your Kubernetes manifests against the kubelet's behavior, without a cluster.")
    .version(version)
    .addHelpText(
      'after',
      `
Only gate and run start containers, so only they need a container engine.

Examples:
  jest-kubelet lint k8s/
  helm template . | jest-kubelet gate -f - --image web=checkout:dev
  jest-kubelet run k8s/deployment.yaml --image web=checkout:dev
  jest-kubelet explain k8s/deployment.yaml`,
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.data(text.trimEnd()),
      writeErr: (text) => console.err(text.startsWith('error') ? formatCommanderError(text) : text.trimEnd()),
    });

  addManifestCommand(program, 'lint')
    .description('Check manifests for errors that Kubernetes rejects and for mistakes that it accepts.')
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      `
Exit codes:
  0  no finding, or only findings of severity info
  1  a finding of severity warning or error
  2  a manifest is invalid or cannot be read

docs/lint.md explains every finding.

Examples:
  jest-kubelet lint k8s/deployment.yaml k8s/service.yaml
  helm template . | jest-kubelet lint -f -
  jest-kubelet lint --format json k8s/deployment.yaml`,
    )
    .action(async (files: readonly string[], options) => {
      end(await lintCommand({ ...options, file: requireFiles(files, options.file, program) }, console));
    });

  addManifestCommand(program, 'explain')
    .description('Show what the numbers in manifests add up to: the times of probes, shutdown and restarts.')
    .addHelpText(
      'after',
      `
The restart times are simulated in virtual time. A real node adds a second or two to each restart, and up to half of
each wait.

Exit codes:
  0  explained
  2  a manifest is invalid or cannot be read

Examples:
  jest-kubelet explain k8s/deployment.yaml
  helm template . | jest-kubelet explain -f -`,
    )
    .action(async (files: readonly string[], options) => {
      end(await explainCommand({ ...options, file: requireFiles(files, options.file, program) }, console));
    });

  defineGate(program, console, version, end);
  defineRun(program, console, end);

  program
    .command('init')
    .description('Show a first test for a manifest and the configuration that it needs, and write both if you agree.')
    .argument('[FILE]', 'manifest (default: the first one in this folder)')
    .option('--workload <KIND/NAME>', 'workload to test, if the manifest has several')
    .option('--gate', 'write the checks of the gate as a spec that you can edit')
    .option('-y, --yes', 'write without asking, required without a terminal')
    .addHelpText(
      'after',
      `
init never overwrites a file. If Jest or Vitest is already configured, it shows the line to add.

Exit codes:
  0  shown, and written if you agreed
  2  there is no valid manifest, or a file already exists

Examples:
  jest-kubelet init
  jest-kubelet init --yes k8s/deployment.yaml
  jest-kubelet init --gate k8s/deployment.yaml`,
    )
    .action(async (file: string | undefined, options) => {
      end(await initCommand({ ...options, ...(file !== undefined && { file }) }, console, process.cwd()));
    });

  return program;
}

function addManifestCommand(program: Command, name: string): Command {
  return program
    .command(name)
    .argument('[FILE...]', 'manifests, or - for stdin')
    .option('-f, --file <FILE>', 'manifest, as in kubectl (repeatable)', collect)
    .addOption(
      new Option('--kubernetes-version <version>', 'Kubernetes version to validate against')
        .argParser(parseVersion)
        .default(NEWEST_VERSION),
    );
}

function parseVersion(given: string): string {
  const problem = checkVersionText(given);
  if (problem === undefined) return given;
  throw new InvalidArgumentError(`It ${problem}.`);
}

/** Returns an error of commander on one line, with its suggestion as a second sentence. */
function formatCommanderError(text: string): string {
  const [error = '', suggestion] = text.trim().split(/\n\((?=Did you mean .*\)$)/);
  const line = error.replaceAll('\n', ' ').replace(/^(error: unknown \w+) '(.*)'$/, '$1 "$2"');
  return suggestion === undefined ? line : `${line}. ${suggestion.slice(0, -1)}`;
}

function requireFiles(
  files: readonly string[],
  others: readonly string[] | undefined,
  program: Command,
): readonly string[] {
  const all = [...files, ...(others ?? [])];
  if (all.length === 0) program.error('error: no manifest. Pass a FILE, or - for stdin');
  return all;
}
