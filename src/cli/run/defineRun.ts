import { type Command, Option } from 'commander';
import { NEWEST_VERSION } from '../../manifest/values/kubernetesVersion';
import { collect } from '../collect';
import type { Console } from '../console';
import type { ExitCode } from '../exitCode';
import { runCommand } from './runCommand';

/** Adds `jest-kubelet run`. */
export function defineRun(program: Command, console: Console, end: (code: ExitCode) => void): void {
  program
    .command('run')
    .description("Run a manifest's pod on a container engine and show its status until you press Ctrl-C.")
    .argument('[FILE...]', 'manifests, or - for stdin')
    .option('-f, --file <FILE>', 'manifest or folder of manifests, as in kubectl (repeatable)', collect)
    .option('--workload <KIND/NAME>', 'workload to run, if the manifests have several')
    .option('--image <NAME=REF>', 'run this image for a container or an image of the manifest (repeatable)', collect)
    .option('--build <NAME=DIR>', 'build the image from the Dockerfile in this folder first (repeatable)', collect)
    .option('--service <NAME=ADDRESS>', 'give the pod a dependency: HOST:PORT or container:ID (repeatable)', collect)
    .option('--allow <FIELD>', 'allow a blocked field (repeatable or comma-separated)', collect)
    .option('--kubernetes-version <VERSION>', `Kubernetes version to validate against (default: ${NEWEST_VERSION})`)
    .option(
      '--crash-loop-back-off <NAME=VALUE>',
      'set the longest wait before a restart, as maxContainerRestartPeriod=60s (default: 300s)',
      collect,
    )
    .option('--events', 'also print the events of the pod, like `kubectl get events -w`')
    .option('--logs', 'also print the logs of the containers')
    .addOption(
      new Option('-o, --output <FORMAT>', 'print the Pod with its status at the end, instead of its rows').choices([
        'json',
      ]),
    )
    .addHelpText(
      'after',
      `
Prints the rows of \`kubectl get pod -w\`. The first Ctrl-C deletes the pod and shows its shutdown, the second removes it
immediately. On a terminal, keys kill, freeze and thaw a container.

Exit codes:
  0  the pod succeeded, or you stopped it
  1  the pod terminated without success
  2  the command or its input is invalid
  3  the container engine is missing or failed

Examples:
  jest-kubelet run k8s/deployment.yaml --image web=checkout:dev
  helm template . | jest-kubelet run -f - --build web=. --events --logs
  jest-kubelet run k8s/job.yaml --output json | jq .status.phase`,
    )
    .action(async (files: readonly string[], { file = [], ...options }) => {
      const all = [...files, ...file];
      if (all.length === 0) program.error('error: no manifest. Pass a FILE, or - for stdin');
      end(await runCommand({ ...options, file: all }, console));
    });
}
