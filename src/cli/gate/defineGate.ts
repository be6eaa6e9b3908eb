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
    .description('Rehearse a manifest on a container engine, and tell what would go wrong once it is deployed.')
    .argument('[FILE...]', 'manifests; - is the standard input')
    .option('-f, --file <FILE>', 'a manifest or a folder of them, as kubectl takes it; may be repeated', collect)
    .option('--helm <CHART>', 'what `helm template` prints for a chart')
    .option('--values <FILE>', 'values for the chart; may be repeated, later ones win', collect)
    .option('--set <NAME=VALUE>', 'a single value for the chart; may be repeated', collect)
    .option('--kustomize <DIR>', 'what `kustomize build` prints for a folder')
    .option('--workload <KIND/NAME>', 'only this one of the workloads, which are gated one after the other', collect)
    .option('--image <NAME=REF>', 'run this image for a container, or for an image of the manifest', collect)
    .option('--build <NAME=DIR>', 'build that image from a Dockerfile first', collect)
    .option('--service <NAME=ADDRESS>', 'what the pod talks to: HOST:PORT, or container:ID', collect)
    .option('--path <PATH>', 'path that clients request, with its query (repeatable, default: /)', collect)
    .option('--matrix', 'do each fault in place of the checks, and tell which probe noticed it, and when')
    .option('--only <CHECK>', 'make these checks alone; may be repeated, or a list with commas', collect)
    .option('--skip <CHECK>', 'leave these checks out', collect)
    .option('--fail-on <SEVERITY>', `fail from this severity on: ${SEVERITIES.join(', ')} (default: error)`)
    .option('--waive <NAME=REASON>', 'accept what a check, or a finding of lint, finds; repeatable', collect)
    .option('--allow <FIELD>', 'take a field although it is blocked; repeatable', collect)
    .option('--within <DURATION>', 'end by then, and fail what could not be run (default: 10m)')
    .addOption(NO_SKIP)
    .option('--parallel <N>', 'how many pods run at the same time (default: 4 a core)')
    .option('--kubernetes-version <VERSION>', `Kubernetes version to validate against (default: ${NEWEST_VERSION})`)
    .option(
      '--crash-loop-back-off <NAME=VALUE>',
      'kubelet setting: maxContainerRestartPeriod=60s, the longest wait before a restart (default: 300s)',
      collect,
    )
    .option('--endpoint-removal-delay <DURATION>', 'how long clients come to a pod after it left (default: 1s)')
    .option('--format <FORMAT[=FILE]>', `${FORMATS.join(', ')}; may be repeated (default: text)`, collect)
    .option('--html <FILE>', 'a page of the verdict and of each pod’s life, to be opened in a browser')
    .option('--config <FILE>', 'what is always passed (default: jest-kubelet.yaml, where there is one)')
    .addHelpText('after', help())
    .action(async (files: readonly string[], { file = [], ...options }) => {
      const all = [...files, ...file];
      end(await gateCommand({ ...options, ...(all.length > 0 && { file: all }) }, console, version));
    });
}

/** It negates no option: --skip leaves out checks. */
const NO_SKIP = Object.assign(new Option('--no-skip', 'let all time pass as on the wall clock'), { negate: false });

function help(): string {
  const width = Math.max(...Object.keys(CHECK_TITLES).map(({ length }) => length));
  const checks = Object.entries(CHECK_TITLES).map(([id, title]) => `  ${id.padEnd(width)}  ${title}`);
  return `
Checks:
${checks.join('\n')}

Progress is told on the standard error, the verdict alone on the standard output.

Exit code: 0 all that applies passed; 1 a check failed, or could not be run; 2 the command or its input cannot be used;
3 the container engine is missing, or a run broke; 130 somebody ended it. docs/gate.md explains every check.

Examples:
  jest-kubelet gate -f k8s/ --image web=checkout:dev
  helm template . | jest-kubelet gate -f - --image web=checkout:dev
  jest-kubelet gate --helm charts/checkout --set replicas=1 --build web=.
  jest-kubelet gate -f k8s/ --only valid,lint
  jest-kubelet gate -f k8s/ --service postgres=localhost:5432 --format github --format junit=gate.xml`;
}
