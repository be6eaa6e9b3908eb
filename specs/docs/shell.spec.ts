import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { allPages, blocksIn, page, ROOT } from './pages';
import { Shell } from './shell';

// The blocks of shell that pages show, run word for word. What needs a container engine is in specs/engine.

// Specs that run the blocks of each page.
const RUN_BY: Readonly<Record<string, readonly string[]>> = {
  'README.md': ['docs/shell', 'engine/readme.more', 'engine/readmeHere.more', 'engine/gateCommand'],
  'docs/first-spec.md': ['engine/readme.more'],
  'docs/gate.md': ['engine/gateCommand'],
  'docs/lint.md': ['docs/shell'],
};

const WEB = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: web:1
    lifecycle:
      preStop:
        sleep:
          seconds: 30
`;
const GOOD = WEB.replace('30', '5');
const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
`;

const shell = new Shell(
  { 'k8s/web.yaml': WEB, 'k8s/deployment.yaml': GOOD, 'k8s/service.yaml': SERVICE },
  { helm: `[ "$*" = 'template .' ] && cat k8s/web.yaml` },
);
afterAll(() => shell[Symbol.dispose]());

const [readme, lint] = [blocksIn(page('README.md'), 'sh'), blocksIn(page('docs/lint.md'), 'sh')];

test('README.md: the two npm scripts exist', () => {
  expect(shell.run(readme[0] ?? '')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readme[0]).toMatch(/^npm run demo .*\nnpm test .*$/);
});

test('README.md: installs the archive that npm pack creates', () => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  expect(readme[1]).toContain(` ./jest-kubelet-${version}.tgz\n`);
});

test('README.md: lints a folder and explains a pod', () => {
  const [lints = '', explains = ''] = readme[2]?.split('\n') ?? [];
  const linted = shell.run(lints);
  expect(linted.stdout).toContain('k8s/web.yaml:12:20: error: prestop-exceeds-grace');
  expect(linted.code).toBe(1);
  const explained = shell.run(explains);
  expect(explained.stdout).toMatch(/^Pod\/web: restartPolicy Always, grace period 30s\n/);
  expect(explained.code).toBe(0);
});

test('docs/lint.md: prints the findings that the page shows', () => {
  const { code, stdout } = shell.run(lint[0] ?? '');
  const [shown = ''] = blocksIn(page('docs/lint.md'), 'text');
  expect(stdout).toBe(`no findings in Pod/web\n${shown.replace('k8s/web.yaml', '<stdin>')}\n`);
  expect(code).toBe(1);
  expect(shell.run('npx jest-kubelet lint k8s/web.yaml').stdout).toBe(`${shown}\n`);
});

test('every page with shell blocks has specs that run them', () => {
  const pages = allPages().filter((each) => blocksIn(each, 'sh').length > 0);
  expect(pages.map(({ file }) => file).toSorted()).toEqual(Object.keys(RUN_BY).toSorted());
  const specs = Object.values(RUN_BY).flat();
  const read = (spec: string) => readFileSync(path.join(ROOT, `specs/${spec}.spec.ts`), 'utf8');
  expect(specs.filter((spec) => !read(spec).includes(", 'sh')"))).toEqual([]);
});
