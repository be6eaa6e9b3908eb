import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../../src/cli/gate/configFile';

const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-config-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

/** Reads a config file from its default path. */
function found(text: string) {
  writeFileSync('jest-kubelet.yaml', text);
  return readConfig(undefined);
}

/** Reads a config file that the command line names. */
function named(text: string) {
  mkdirSync('ci', { recursive: true });
  writeFileSync('ci/gate.yaml', text);
  return readConfig('ci/gate.yaml');
}

describe('readConfig', () => {
  test('returns no options without a file', () => {
    expect(readConfig(undefined)).toEqual({});
    expect(found('# nothing yet\n')).toEqual({});
    expect(found('gate: {}\n')).toEqual({});
  });

  test('reads jest-kubelet.yaml in the working directory, or the named file instead', () => {
    expect(found('gate:\n  within: 5m\n')).toEqual({ within: '5m' });
    expect(named('gate:\n  within: 6m\n')).toEqual({ within: '6m' });
  });

  test('rejects a named file that does not exist', () => {
    expect(() => readConfig('ci/gate.yaml')).toThrow(expect.objectContaining({ name: 'ManifestError' }));
  });

  test('returns lists, mappings and numbers in the form of the command line', () => {
    const text = `gate:
  file: [k8s/]
  image: { web: 'web:1', cart: 'cart:2' }
  crashLoopBackOff: { maxContainerRestartPeriod: 60s }
  parallel: 2
  noSkip: true
`;
    expect(found(text)).toEqual({
      file: ['k8s/'],
      image: ['web=web:1', 'cart=cart:2'],
      crashLoopBackOff: ['maxContainerRestartPeriod=60s'],
      parallel: '2',
      noSkip: 'true',
    });
  });

  test('rejects unknown options and wrong types with their positions', () => {
    expect(() => named('gate:\n  only: valid\n  olny: [lint]\n  parallel: two\n')).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            field: 'gate.only',
            detail: 'must be a list',
            position: expect.objectContaining({ line: 2 }),
          }),
          expect.objectContaining({ field: 'gate.olny', advice: 'did you mean "only"?' }),
          expect.objectContaining({ field: 'gate.parallel', detail: 'must be an integer' }),
        ],
      }),
    );
  });

  test.each([
    ['allow', 'allow: [hostPath]'],
    ['service', 'service: { db: localhost:5432 }'],
  ])('accepts %s only from a file that the command line names', (option, line) => {
    expect(named(`gate:\n  ${line}\n`)).toHaveProperty(option);
    expect(() => found(`gate:\n  ${line}\n`)).toThrow(
      `gate.${option}: is allowed only in a file that you pass with --config, because it gives access to this machine. Pass --${option} or --config jest-kubelet.yaml`,
    );
  });

  test.each([
    'file: [../k8s/]',
    'file: [k8s/, ~/k8s]',
    'helm: oci://registry.example/web',
    'values: [/etc/values.yaml]',
    'kustomize: ../base',
    'html: ../page.html',
    'build: { web: ../web }',
    'format: [text, junit=../results.xml]',
  ])('accepts a path outside the working directory only from a named file: %s', (line) => {
    expect(() => named(`gate:\n  ${line}\n`)).not.toThrow();
    expect(() => found(`gate:\n  ${line}\n`)).toThrow('is not in the working directory');
  });

  test.each(['file: [k8s/]', 'helm: charts/web', 'build: { web: . }', 'format: [text, junit=out/results.xml]'])(
    'accepts a path in the working directory: %s',
    (line) => {
      expect(() => found(`gate:\n  ${line}\n`)).not.toThrow();
    },
  );
});
