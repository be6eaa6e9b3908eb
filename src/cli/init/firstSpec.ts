import type { Container } from '../../manifest/model';
import type { WorkloadMatch } from './findWorkload';
import type { Project } from './project';
import { imports, type NewFile, quoted, start, workloadName } from './specText';

/** A first spec for a pod: what its own manifest promises, a test each. */
export function firstSpec(found: WorkloadMatch, project: Project): NewFile {
  const head = imports(project, ['expect', 'test'], ['runPod']);
  const from = start(found, found.pod.spec.containers.slice(0, 1));
  return {
    name: `${workloadName(found)}.spec.${project.language}`,
    text: [...head, '', ...from, ...testsFor(found).flatMap((test) => ['', ...test]), ''].join('\n'),
  };
}

function testsFor({ workload, pod }: WorkloadMatch): string[][] {
  if (/^(Cron)?Job\//.test(workload)) {
    return [test('ends with success', ["await expect(pod).toReachPhase('Succeeded');"])];
  }
  const hanging = pod.spec.containers.find(noticesHang);
  return [
    test('becomes Ready in the time that its own probes give it', ['await expect(pod).toBecomeReady();']),
    test('is not restarted while nothing happens to it', [
      'await expect(pod).toBecomeReady();',
      "await expect(pod).toRestartAtMost(0, { for: '30s' });",
    ]),
    ...(hanging
      ? [
          test(`is restarted by its liveness probe when ${hanging.name} hangs`, [
            'await expect(pod).toBecomeReady();',
            `await pod.container(${quoted(hanging.name)}).freeze();`,
            `await expect(pod).toRestart({ container: ${quoted(hanging.name)}, because: 'liveness' });`,
          ]),
        ]
      : []),
    test('ends by itself when it is deleted, within its grace period', [
      'await expect(pod).toBecomeReady();',
      'await expect(pod.delete()).toTerminateGracefully();',
    ]),
  ];
}

/** A frozen process still accepts TCP connections, and commands run beside it. */
function noticesHang({ livenessProbe }: Container): boolean {
  return (livenessProbe?.httpGet ?? livenessProbe?.grpc) !== undefined;
}

function test(title: string, lines: readonly string[]): string[] {
  return [
    `test(${quoted(title)}, async () => {`,
    '  const pod = await start();',
    ...lines.map((line) => `  ${line}`),
    '});',
  ];
}
