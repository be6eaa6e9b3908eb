import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { NEWEST_VERSION, whyUnknown } from '../manifest/values/kubernetesVersion';
import { collect } from './collect';
import type { Console } from './console';
import { BAD_INPUT, type ExitCode, OK } from './exitCode';
import { explainCommand } from './explain/explainCommand';
import { defineGate } from './gate/defineGate';
import { initCommand } from './init/initCommand';
import { lintCommand } from './lint/lintCommand';
import { defineRun } from './run/defineRun';
import { safeConsole } from './safeConsole';
import { tellError } from './tellError';

/** Runs the command that the arguments name. Whatever goes wrong is told in a line. */
export async function run(args: readonly string[], version: string, console: Console): Promise<ExitCode> {
  let exitCode: ExitCode = OK;
  const safe = safeConsole(console, process.env);
  const program = programFor(version, safe, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? OK : BAD_INPUT;
    return tellError(error, safe);
  } finally {
    safe.end();
  }
}

function programFor(version: string, console: Console, end: (code: ExitCode) => void): Command {
  const program = new Command('jest-kubelet')
    .description('The kubelet, without a cluster: what a manifest asks of it, and what comes of that.')
    .version(version)
    .addHelpText(
      'after',
      `
Only gate and run start anything, and need a container engine for that.

Examples:
  jest-kubelet lint k8s/
  helm template . | jest-kubelet gate -f - --image web=checkout:dev
  jest-kubelet run k8s/deployment.yaml --image web=checkout:dev
  jest-kubelet explain k8s/deployment.yaml`,
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.data(text.trimEnd()),
      // An error and its suggestion are one line; the help is not.
      writeErr: (text) => console.err(text.startsWith('error') ? text.trim().replaceAll('\n', ' ') : text.trimEnd()),
    });

  manifestCommand(program, 'lint')
    .description('Tell what Kubernetes rejects in manifests, and what it accepts although it is wrong.')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      `
Exit code: 0 nothing found, 1 something of severity warning or error, 2 a manifest is invalid or cannot be read.
docs/lint.md explains every finding.

Examples:
  jest-kubelet lint k8s/deployment.yaml k8s/service.yaml
  helm template . | jest-kubelet lint -f -
  jest-kubelet lint --format json k8s/deployment.yaml`,
    )
    .action(async (files: readonly string[], options) => {
      end(await lintCommand({ ...options, file: named(files, options.file, program) }, console));
    });

  manifestCommand(program, 'explain')
    .description(
      "Tell what the numbers of manifests come to: each probe's budget, the shutdown, and when what restarts.",
    )
    .addHelpText(
      'after',
      `
The restarts are what the kubelet's rules give when they are played in virtual time; a node adds a second or two to
each, and up to half of each wait.

Exit code: 0 explained, 2 a manifest is invalid or cannot be read.

Examples:
  jest-kubelet explain k8s/deployment.yaml
  helm template . | jest-kubelet explain -f -`,
    )
    .action(async (files: readonly string[], options) => {
      end(await explainCommand({ ...options, file: named(files, options.file, program) }, console));
    });

  defineGate(program, console, version, end);
  defineRun(program, console, end);

  program
    .command('init')
    .description(
      'Write a first test for a manifest of this project, and the configuration it needs, after showing both.',
    )
    .argument('[FILE]', 'the manifest; looked for in this folder where none is named')
    .option('--workload <KIND/NAME>', 'which one, where the manifest has several')
    .option('--gate', 'the checks of the gate that apply to it, as a spec of your own')
    .option('-y, --yes', 'write without asking; needed where nobody can be asked')
    .addHelpText(
      'after',
      `
Nothing that is there is written over. Where Jest or Vitest is configured already, the line to add is shown.

Exit code: 0 shown, and written if that was agreed to; 2 no manifest, one that is invalid, or the files are there.

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

function manifestCommand(program: Command, name: string): Command {
  return program
    .command(name)
    .argument('[FILE...]', 'manifests; - is the standard input')
    .option('-f, --file <FILE>', 'a manifest, as kubectl takes it; may be repeated', collect)
    .addOption(
      new Option('--kubernetes-version <version>', 'Kubernetes version to validate against')
        .argParser(checkedVersion)
        .default(NEWEST_VERSION),
    );
}

function checkedVersion(given: string): string {
  const fault = whyUnknown(given);
  if (fault === undefined) return given;
  throw new InvalidArgumentError(`It ${fault}.`);
}

function named(files: readonly string[], others: readonly string[] | undefined, program: Command): readonly string[] {
  const all = [...files, ...(others ?? [])];
  if (all.length === 0) program.error('error: name a FILE, or - for the standard input');
  return all;
}
