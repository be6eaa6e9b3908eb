import type { Container } from '../../manifest/model';
import type { Found } from './findWorkload';
import type { Project } from './project';

/** A file that is to be written. */
export interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** A first spec for a pod: what its own manifest promises, a test each. */
export function firstSpec(found: Found, { framework, language }: Project): NewFile {
  const name = found.workload.replace(/^.*\//, '');
  const head = language === 'ts' ? IMPORTS[framework] : REQUIRES;
  return {
    name: `${name}.spec.${language}`,
    text: [...head, '', ...start(found), ...testsFor(found).flatMap((test) => ['', ...test]), ''].join('\n'),
  };
}

const IMPORTS = {
  jest: [
    "import { expect, test } from '@jest/globals';",
    "import { runPod } from 'jest-kubelet';",
    "import 'jest-kubelet/jest-globals';",
  ],
  vitest: [
    "import { runPod } from 'jest-kubelet';",
    "import { expect, test } from 'vitest';",
    "import 'jest-kubelet/vitest';",
  ],
};
const REQUIRES = [
  "const { expect, test } = require('@jest/globals');",
  "const { runPod } = require('jest-kubelet');",
  "require('jest-kubelet/jest-globals');",
];

function start({ file, workload, isOneOfSeveral, pod }: Found): string[] {
  const { name, image } = pod.spec.containers[0] ?? { name: '', image: '' };
  const images = `images: { ${key(name)}: ${quoted(image)} }`;
  const options = isOneOfSeveral ? `{ workload: ${quoted(workload)}, ${images} }` : `{ ${images} }`;
  return [
    '// Name the image to rehearse here: the one you have just built.',
    `const start = () => runPod(${quoted(file)}, ${options});`,
  ];
}

function testsFor({ workload, pod }: Found): string[][] {
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

const key = (name: string) => (/^[a-z_$][\w$]*$/i.test(name) ? name : quoted(name));
const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
