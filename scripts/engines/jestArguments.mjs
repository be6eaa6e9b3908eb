import path from 'node:path';

/**
 * Returns Jest's arguments for spec files, without the files, and without the tests, that do not apply to an engine. A file
 * is named by its path, or by its name under `specs/engine`; a test by its title, several by what their titles, or the title
 * of their group, have in common.
 */
export function jestArguments(specs, notApplicable) {
  const files = specs.filter((file) => !notApplicable.some(({ spec, test }) => spec === file && test === undefined));
  const titles = notApplicable.flatMap(({ test }) => (test === undefined ? [] : [escapePattern(test)]));
  return [
    ...(titles.length > 0 ? ['--testNamePattern', `^(?!.*(?:${titles.join('|')}))`] : []),
    ...['--runTestsByPath', ...files.map(pathOf)],
  ];
}

const pathOf = (file) => (file.endsWith('.ts') ? path.normalize(file) : path.join('specs/engine', `${file}.spec.ts`));
const escapePattern = (title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
