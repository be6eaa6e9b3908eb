import { codeOf, UNSEEN } from '../../escaping/unseen';
import type { Container } from '../../manifest/model';
import type { WorkloadMatch } from './findWorkload';
import type { Project } from './project';

/** File to write. */
export interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** Returns the name of the workload, without its kind. */
export function nameOfWorkload({ workload }: Pick<WorkloadMatch, 'workload'>): string {
  return workload.replace(/^.*\//, '');
}

/**
 * Returns the imports of a spec: from the test framework, from the package, and the matchers. `types` are only for
 * TypeScript.
 */
export function formatImports(
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

/** Returns the function that starts the pod, with the images of these containers. */
export function formatStart(
  { file, workload, isOneOfSeveral, images = {} }: WorkloadMatch,
  containers: readonly Container[],
): string[] {
  const given = containers.map(({ name, image }) => `${formatKey(name)}: ${quote(images[name] ?? image)}`);
  const options = [...(isOneOfSeveral ? [`workload: ${quote(workload)}`] : []), `images: { ${given.join(', ')} }`];
  const which = containers.length === 1 ? 'image to test, usually the one' : 'images to test, usually those';
  return [
    `// The ${which} that you just built.`,
    `const start = () => runPod(${quote(file)}, { ${options.join(', ')} });`,
  ];
}

/** Returns a name as the key of an object. */
export function formatKey(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : quote(name);
}

/** Returns a text as a JavaScript string in single quotes. */
export function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&').replace(UNSEEN, codeOf)}'`;
}
