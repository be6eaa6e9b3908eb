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
    .description('Keep the pod of a manifest up on a container engine, and tell of it as it goes, until Ctrl-C.')
    .argument('[FILE...]', 'manifests; - is the standard input')
    .option('-f, --file <FILE>', 'a manifest or a folder of them, as kubectl takes it; may be repeated', collect)
    .option('--workload <KIND/NAME>', 'which one, where the manifests have several')
    .option('--image <NAME=REF>', 'run this image for a container, or for an image of the manifest', collect)
    .option('--build <NAME=DIR>', 'build that image from a Dockerfile first', collect)
    .option('--service <NAME=ADDRESS>', 'what the pod talks to: HOST:PORT, or container:ID', collect)
    .option('--allow <CODE>', 'a field to take though it is refused', collect)
    .option('--kubernetes-version <VERSION>', `Kubernetes version to validate against (default: ${NEWEST_VERSION})`)
    .option(
      '--crash-loop-back-off <NAME=VALUE>',
      'kubelet setting: maxContainerRestartPeriod=60s, the longest wait before a restart (default: 300s)',
      collect,
    )
    .option('--events', "the pod's events as well, as `kubectl get events -w` shows them")
    .option('--logs', 'what its containers write as well')
    .addOption(
      new Option('-o, --output <FORMAT>', 'print the Pod with its status in place of its rows, once it ends').choices([
        'json',
      ]),
    )
    .addHelpText(
      'after',
      `
Shown is what \`kubectl get pod -w\` shows. The first Ctrl-C deletes the pod and shows its end, the second removes it at
once. On a terminal keys kill, freeze and thaw a container.

Exit code: 0 the pod succeeded, or was ended; 1 it ended by itself, and did not succeed; 2 the command or its input
cannot be used; 3 the container engine is missing, or does not do its part.

Examples:
  jest-kubelet run k8s/deployment.yaml --image web=checkout:dev
  helm template . | jest-kubelet run -f - --build web=. --events --logs
  jest-kubelet run k8s/job.yaml --output json | jq .status.phase`,
    )
    .action(async (files: readonly string[], { file = [], ...options }) => {
      const all = [...files, ...file];
      if (all.length === 0) program.error('error: name a FILE, or - for the standard input');
      end(await runCommand({ ...options, file: all }, console));
    });
}
