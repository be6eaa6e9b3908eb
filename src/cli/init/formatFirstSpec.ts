import type { Container } from '../../manifest/model';
import type { WorkloadMatch } from './findWorkload';
import type { Project } from './project';
import { formatImports, formatStart, type NewFile, nameOfWorkload, quote } from './specText';

/** Returns a first spec for a pod, with a test for each promise of its manifest. */
export function formatFirstSpec(found: WorkloadMatch, project: Project): NewFile {
  const head = formatImports(project, ['expect', 'test'], ['runPod']);
  const from = formatStart(found, found.pod.spec.containers.slice(0, 1));
  return {
    name: `${nameOfWorkload(found)}.spec.${project.language}`,
    text: [...head, '', ...from, ...formatTests(found).flatMap((test) => ['', ...test]), ''].join('\n'),
  };
}

function formatTests({ workload, pod }: WorkloadMatch): string[][] {
  if (/^(Cron)?Job\//.test(workload)) {
    return [formatTest('completes successfully', ["await expect(pod).toReachPhase('Succeeded');"])];
  }
  const hanging = pod.spec.containers.find(detectsHang);
  return [
    formatTest('becomes Ready within the time that its probes allow', ['await expect(pod).toBecomeReady();']),
    formatTest('does not restart while nothing happens to it', [
      'await expect(pod).toBecomeReady();',
      "await expect(pod).toRestartAtMost(0, { for: '30s' });",
    ]),
    ...(hanging
      ? [
          formatTest(`restarts ${hanging.name} through its liveness probe when it hangs`, [
            'await expect(pod).toBecomeReady();',
            `await pod.container(${quote(hanging.name)}).freeze();`,
            `await expect(pod).toRestart({ container: ${quote(hanging.name)}, because: 'liveness' });`,
          ]),
        ]
      : []),
    formatTest('shuts down within its grace period when it is deleted', [
      'await expect(pod).toBecomeReady();',
      'await expect(pod.delete()).toTerminateGracefully();',
    ]),
  ];
}

/** True if the liveness probe detects a frozen process, which still accepts TCP connections and does not affect commands. */
function detectsHang({ livenessProbe }: Container): boolean {
  return (livenessProbe?.httpGet ?? livenessProbe?.grpc) !== undefined;
}

function formatTest(title: string, lines: readonly string[]): string[] {
  return [
    `test(${quote(title)}, async () => {`,
    '  const pod = await start();',
    ...lines.map((line) => `  ${line}`),
    '});',
  ];
}
