import { codeOf, UNSEEN } from '../../escaping/unseen';
import type { Container } from '../../manifest/model';
import type { WorkloadMatch } from './findWorkload';
import type { Project } from './project';

/** A file that is to be written. */
export interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** What the workload is called, without its kind. */
export function workloadName({ workload }: Pick<WorkloadMatch, 'workload'>): string {
  return workload.replace(/^.*\//, '');
}

/**
 * How a spec begins: the names it has of the test framework and of the package, and the matchers. `types` are there in
 * TypeScript alone.
 */
export function imports(
  { framework, language }: Project,
  ofFramework: readonly string[],
  ofPackage: readonly string[],
  types: readonly string[] = [],
): string[] {
  const names = ofFramework.join(', ');
  if (language !== 'ts') {
    return [
      `const { ${names} } = require('@jest/globals');`,
      `const { ${ofPackage.join(', ')} } = require('jest-kubelet');`,
      "require('jest-kubelet/jest-globals');",
    ];
  }
  const own = [...types.map((type) => `type ${type}`), ...ofPackage].join(', ');
  return framework === 'vitest'
    ? [`import { ${own} } from 'jest-kubelet';`, `import { ${names} } from 'vitest';`, "import 'jest-kubelet/vitest';"]
    : [
        `import { ${names} } from '@jest/globals';`,
        `import { ${own} } from 'jest-kubelet';`,
        "import 'jest-kubelet/jest-globals';",
      ];
}

/** The function that starts the pod, with the images of some of its containers. */
export function start(
  { file, workload, isOneOfSeveral, images = {} }: WorkloadMatch,
  containers: readonly Container[],
): string[] {
  const given = containers.map(({ name, image }) => `${key(name)}: ${quoted(images[name] ?? image)}`);
  const options = [...(isOneOfSeveral ? [`workload: ${quoted(workload)}`] : []), `images: { ${given.join(', ')} }`];
  const those = containers.length === 1 ? 'the image to rehearse here: the one' : 'the images to rehearse here: those';
  return [
    `// Name ${those} you have just built.`,
    `const start = () => runPod(${quoted(file)}, { ${options.join(', ')} });`,
  ];
}

/** A name as it stands before the colon in an object. */
export function key(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : quoted(name);
}

/** A text as JavaScript writes it, between single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&').replace(UNSEEN, codeOf)}'`;
}
