import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listManifests, loadWorkloads } from '../../../../src/cli/init/findWorkload';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: 'web:1'}]}
`;
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-find-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text = POD): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

describe('manifestsBelow', () => {
  test('lists manifests by depth, nearest to the folder first, then by name', () => {
    for (const name of ['k8s/b.yaml', 'k8s/a.yml', 'deploy/prod/web.yaml', 'z.YAML']) write(name);
    expect(listManifests(folder)).toEqual(['z.YAML', 'deploy/prod/web.yaml', 'k8s/a.yml', 'k8s/b.yaml']);
  });

  test('ignores YAML files without workloads, and other files', () => {
    write('service.yaml', SERVICE);
    write('docker-compose.yaml', 'services: {web: {image: web}}\n');
    write('broken.yaml', 'a: [\n');
    write('empty.yaml', '');
    write('pod.json');
    expect(listManifests(folder)).toEqual([]);
  });

  test.each(['node_modules', 'vendor', 'dist', 'build', 'coverage', 'templates', '.github'])(
    'ignores the folder %s',
    (name) => {
      write(`${name}/web.yaml`);
      write(`${name}s-of-ours/web.yaml`);
      expect(listManifests(folder)).toEqual(name.startsWith('.') ? [] : [`${name}s-of-ours/web.yaml`]);
    },
  );

  test('searches three levels of folders, and no deeper', () => {
    write('1/2/3/web.yaml');
    write('1/2/3/4/web.yaml');
    expect(listManifests(folder)).toEqual(['1/2/3/web.yaml']);
  });
});

describe('workloadsFound', () => {
  test('returns each workload with its pod, and whether the file has several', () => {
    write('k8s/all.yaml', `${POD}---\n${POD.replace('name: web}', 'name: cart}')}---\n${SERVICE}`);
    expect(loadWorkloads(folder, 'k8s/all.yaml')).toMatchObject([
      { file: 'k8s/all.yaml', workload: 'Pod/web', isOneOfSeveral: true, pod: { metadata: { name: 'web' } } },
      { file: 'k8s/all.yaml', workload: 'Pod/cart', isOneOfSeveral: true, pod: { metadata: { name: 'cart' } } },
    ]);
    write('one.yaml');
    expect(loadWorkloads(folder, 'one.yaml')).toMatchObject([{ workload: 'Pod/web', isOneOfSeveral: false }]);
  });

  test('accepts fields that are blocked when the pod runs', () => {
    write(
      'web.yaml',
      POD.replace('{containers', '{hostNetwork: true, volumes: [{name: v, hostPath: {path: /}}], containers'),
    );
    expect(loadWorkloads(folder, 'web.yaml')).toHaveLength(1);
  });

  test('skips the tests of a chart', () => {
    const test = POD.replace('{name: web}', '{name: check, annotations: {helm.sh/hook: test}}');
    write('all.yaml', `${POD}---\n${test}`);
    expect(loadWorkloads(folder, 'all.yaml').map(({ workload }) => workload)).toEqual(['Pod/web']);
  });

  test('rejects an invalid manifest with the reason of Kubernetes', () => {
    write('k8s/web.yaml', POD.replace('name: web, image', 'name: Web, image'));
    expect(() => loadWorkloads(folder, 'k8s/web.yaml')).toThrow(/spec\.containers\[0\]\.name: Invalid value: "Web"/);
  });

  test('rejects a manifest without a workload', () => {
    write('service.yaml', SERVICE);
    expect(() => loadWorkloads(folder, 'service.yaml')).toThrow('contains no workload, only Service/web');
  });

  test('rejects an image with a line break, because a spec quotes it', () => {
    write('web.yaml', POD.replace("'web:1'", '"web:1\\nrm -rf /"'));
    expect(() => loadWorkloads(folder, 'web.yaml')).toThrow(
      'spec.containers[0].image: Invalid value: "web:1\\nrm -rf /": must not contain line breaks or other control characters',
    );
  });
});
