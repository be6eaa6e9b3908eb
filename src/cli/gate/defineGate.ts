import { type Command, Option } from 'commander';
import { FORMATS } from '../../gate/formats';
import { SEVERITIES } from '../../gate/model/policy/severity';
import { NEWEST_VERSION } from '../../manifest/values/kubernetesVersion';
import { CHECK_TITLES } from '../../wording/gate/checks';
import { collect } from '../collect';
import type { Console } from '../console';
import type { ExitCode } from '../exitCode';
import { gateCommand } from './gateCommand';

/** Adds `jest-kubelet gate`. */
export function defineGate(program: Command, console: Console, version: string, end: (code: ExitCode) => void): void {
  program
    .command('gate')
    .description("Run a manifest's pods on a container engine and report what would fail in production.")
    .argument('[FILE...]', 'manifests, or - for stdin')
    .option('-f, --file <FILE>', 'manifest or folder of manifests, as in kubectl (repeatable)', collect)
    .option('--helm <CHART>', 'render this chart with `helm template`')
    .option('--values <FILE>', 'values file of the chart (repeatable, later files win)', collect)
    .option('--set <NAME=VALUE>', 'set one value of the chart (repeatable)', collect)
    .option('--kustomize <DIR>', 'render this folder with `kustomize build`')
    .option('--workload <KIND/NAME>', 'check only this workload (repeatable, default: all)', collect)
    .option('--image <NAME=REF>', 'run this image for a container or an image of the manifest (repeatable)', collect)
    .option('--build <NAME=DIR>', 'build the image from the Dockerfile in this folder first (repeatable)', collect)
    .option('--service <NAME=ADDRESS>', 'give the pod a dependency: HOST:PORT or container:ID (repeatable)', collect)
    .option('--path <PATH>', 'send requests to this path, with its query (repeatable, default: /)', collect)
    .option('--matrix', 'inject each fault instead of running checks, and show which probe detects it and when')
    .option('--only <CHECK>', 'run only these checks (repeatable or comma-separated)', collect)
    .option('--skip <CHECK>', 'skip these checks (repeatable or comma-separated)', collect)
    .option('--fail-on <SEVERITY>', `lowest severity that fails: ${SEVERITIES.join(', ')} (default: error)`)
    .option('--waive <NAME=REASON>', 'accept the failures of a check, or a lint finding (repeatable)', collect)
    .option('--allow <FIELD>', 'allow a blocked field (repeatable or comma-separated)', collect)
    .option('--within <DURATION>', 'stop after this time, and fail the checks that did not run (default: 10m)')
    .addOption(NO_SKIP)
    .option('--parallel <N>', 'number of pods that run in parallel (default: 4 per core)')
    .option('--kubernetes-version <VERSION>', `Kubernetes version to validate against (default: ${NEWEST_VERSION})`)
    .option(
      '--crash-loop-back-off <NAME=VALUE>',
      'set the longest wait before a restart, as maxContainerRestartPeriod=60s (default: 300s)',
      collect,
    )
    .option(
      '--endpoint-removal-delay <DURATION>',
      'keep sending requests for this long after the pod left its endpoints (default: 1s)',
    )
    .option('--format <FORMAT[=FILE]>', `output format: ${FORMATS.join(', ')} (repeatable, default: text)`, collect)
    .option('--html <FILE>', 'write an HTML report of the result and of each pod')
    .option('--config <FILE>', 'read options from this file (default: jest-kubelet.yaml, if it exists)')
    .addHelpText('after', formatHelp())
    .action(async (files: readonly string[], { file = [], ...options }) => {
      const all = [...files, ...file];
      end(await gateCommand({ ...options, ...(all.length > 0 && { file: all }) }, console, version));
    });
}

/** Without `negate: false`, commander would treat it as the negation of --skip. */
const NO_SKIP = Object.assign(new Option('--no-skip', 'wait in real time instead of skipping idle time'), {
  negate: false,
});

function formatHelp(): string {
  const width = Math.max(...Object.keys(CHECK_TITLES).map(({ length }) => length));
  const checks = Object.entries(CHECK_TITLES).map(([id, title]) => `  ${id.padEnd(width)}  ${title}`);
  return `
Checks:
${checks.join('\n')}

Progress goes to stderr, and only the result to stdout.

Exit codes:
  0    all applicable checks passed
  1    a check failed or could not run
  2    the command or its input is invalid
  3    the container engine is missing or failed, or a run was aborted
  130  interrupted

docs/gate.md explains every check.

Examples:
  jest-kubelet gate -f k8s/ --image web=checkout:dev
  helm template . | jest-kubelet gate -f - --image web=checkout:dev
  jest-kubelet gate --helm charts/checkout --set replicas=1 --build web=.
  jest-kubelet gate -f k8s/ --only valid,lint
  jest-kubelet gate -f k8s/ --service postgres=localhost:5432 --format github --format junit=gate.xml`;
}
