import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';
import { helm, kustomize } from '../../../../src/manifest/source/tools';
import { testOnPosix } from '../../../onPosix';
import { testWithKubectl } from '../withKubectl';

const { PATH = '' } = process.env;
const TOOLS = path.join(__dirname, 'tools');
const KUSTOMIZATION = path.join(__dirname, 'kustomization');

afterEach(() => {
  process.env.PATH = PATH;
});

function withTools<T>(run: () => T): T {
  process.env.PATH = `${TOOLS}${path.delimiter}${PATH}`;
  return run();
}

testOnPosix('loads the output of helm template', () => {
  const options = { release: 'shop', values: ['a.yaml', 'b.yaml'], set: { 'image.tag': '1.10', replicas: 2 } };
  const { pod, services, source } = withTools(() => loadManifest(helm('./chart', options)));
  expect(source).toBe('helm template shop ./chart');
  expect(services).toMatchObject([{ name: 'web' }]);
  expect(pod.metadata.annotations).toEqual({
    arguments: 'template --values a.yaml --values b.yaml --set-string image.tag=1.10 --set replicas=2 -- shop ./chart',
    values: '',
  });
});

testOnPosix('accepts values as an object', () => {
  const { pod } = withTools(() => loadManifest(helm('./chart', { values: { image: { tag: 'dev' } } })));
  expect(pod.metadata.annotations).toEqual({
    arguments: 'template --values - -- ./chart',
    values: "{'image':{'tag':'dev'}}",
  });
});

testOnPosix('prints the error of helm unchanged', () => {
  expect(() => withTools(() => loadManifest(helm('./broken-chart')))).toThrow(
    expect.objectContaining({
      name: 'ManifestError',
      message:
        'helm template ./broken-chart: helm failed: Error: template: broken-chart/templates/deployment.yaml:7: function "includ" not defined',
    }),
  );
});

test('names a tool that is not installed', () => {
  process.env.PATH = '/nowhere';
  expect(() => loadManifest(helm('./chart'))).toThrow(
    'helm template ./chart: helm is not installed, or not on the PATH. Install it from https://helm.sh, or pass the output of `helm template`',
  );
  expect(() => loadManifest(kustomize('.'))).toThrow(
    'kustomize build .: kustomize or kubectl is not installed, or not on the PATH',
  );
});

testWithKubectl('loads the output of kubectl kustomize', () => {
  const { pod, config } = loadManifest(kustomize(KUSTOMIZATION));
  expect(pod.spec.containers).toMatchObject([
    { image: 'web:2', envFrom: [{ configMapRef: { name: 'dev-settings' } }] },
  ]);
  expect(config.configMaps).toEqual({ 'dev-settings': { mode: 'fast' } });
});

testWithKubectl('prints the error of kubectl unchanged', () => {
  expect(() => loadManifest(kustomize(path.join(KUSTOMIZATION, 'nowhere')))).toThrow(
    /^kustomize build .*nowhere: kubectl failed: .*nowhere/,
  );
});
