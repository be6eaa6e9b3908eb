import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec });

test('accepts a path, YAML text or an object', () => {
  expect('examples/liveness-http/pod.yaml').toBeValidManifest();
  expect(
    '{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: a, image: a}]}}',
  ).toBeValidManifest();
  expect(pod({ containers: [{ name: 'web', image: 'web:1' }] })).toBeValidManifest();
  expect('specs/unit/manifest/ten-mistakes.yaml').not.toBeValidManifest();
  expect(pod({ containers: [] })).not.toBeValidManifest();
});

test('prints every error of an invalid manifest with its position', async () => {
  const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: Web
      image: web:1
      livenessprobe: {}
`;
  expect(await messageOf(() => expect(manifest).toBeValidManifest())).toBe(`\
expect(manifest).toBeValidManifest()

Expected: manifest to be valid
Received: 2 problems in <yaml>

<yaml>:7:13: spec.containers[0].name: Invalid value: "Web": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
  7 |     - name: Web
    |             ^^^
<yaml>:9:7: spec.containers[0].livenessprobe: unknown field. Did you mean "livenessProbe"?
  9 |       livenessprobe: {}
    |       ^^^^^^^^^^^^^`);
});

test('prints the accepted workload under .not', async () => {
  expect(await messageOf(() => expect('examples/liveness-http/pod.yaml').not.toBeValidManifest())).toBe(`\
expect(manifest).not.toBeValidManifest()

Expected: manifest not to be valid
Received: valid: Pod/liveness-http`);
});

test('rejects a value that is not a manifest', async () => {
  const complaint = 'Matcher error: expect received no manifest. Pass a path, YAML text or an object';
  expect(await messageOf(() => expect(8080).toBeValidManifest())).toBe(
    `expect(manifest).toBeValidManifest()\n\n${complaint}`,
  );
  expect(await messageOf(() => expect(undefined).not.toBeValidManifest())).toBe(
    `expect(manifest).not.toBeValidManifest()\n\n${complaint}`,
  );
});
