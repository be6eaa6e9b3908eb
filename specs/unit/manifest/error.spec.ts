import path from 'node:path';
import { expect, test } from '@jest/globals';
import { ManifestError } from '../../../src/manifest/error';
import { type LoadPodOptions, loadPod } from '../../../src/manifest/loadPod';

function messageOf(source: string | object, options?: LoadPodOptions): string {
  try {
    loadPod(source, options);
  } catch (error) {
    expect(error).toBeInstanceOf(ManifestError);
    return (error as ManifestError).message;
  }
  return 'taken';
}

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
`;

test('reports the position of invalid YAML', () => {
  expect(messageOf(`${POD}spec:\n  containers: [{name: web, image: web:1\n`)).toBe(
    `<yaml>:7:1: not valid YAML: flow map in block collection must be sufficiently indented and end with a }`,
  );
});

test('reports a tab as indentation', () => {
  expect(messageOf('apiVersion: v1\nmetadata:\n\tname: web\n')).toBe(`\
<yaml>:3:1: YAML cannot be indented with tabs. Use spaces
  3 |  name: web
    | ^`);
});

test('recognizes a template that is not rendered', () => {
  expect(messageOf('apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n')).toBe(`\
<yaml>:4:10: not valid YAML: a mapping or a list cannot be a key. This is a template. Pass the output of \`helm template\`
  4 |   name: {{ .Release.Name }}
    |          ^`);
});

test('reports a key that is set twice', () => {
  expect(messageOf(`${POD}kind: Pod\n`)).toBe(`\
<yaml>:5:1: key "kind" is set twice in the same mapping
  5 | kind: Pod
    | ^^^^`);
});

test('lists the port names of the container if a probe names another port', () => {
  const manifest = `${POD}spec:
  containers:
    - name: web
      image: web:1
      ports:
        - {name: metrics, containerPort: 9090}
        - {name: admin, containerPort: 9091}
      livenessProbe:
        httpGet:
          path: /healthz
          port: http
`;
  expect(messageOf(manifest)).toBe(`\
<yaml>:15:17: spec.containers[0].livenessProbe.httpGet.port: no port is named "http". Container "web" names "metrics" and "admin". Use its number, or name a port "http"
  15 |           port: http
     |                 ^^^^`);
  expect(messageOf(manifest, { allow: ['unknown-port'] })).toBe('taken');
});

test('reports the expected type of a value', () => {
  const manifest = `${POD}spec:
  containers:
    - name: web
      image: web:1
      ports:
        - containerPort: "8080"
      env:
        - name: PORT
          value: 8080
        - name: DEBUG
          value: yes
      args: serve
      resources: {limits: {memory: 128MB}}
`;
  expect(messageOf(manifest)).toBe(`\
<yaml>: 5 problems
<yaml>:10:26: spec.containers[0].ports[0].containerPort: Invalid value: "8080": must be an integer. Write 8080 without quotes
  10 |         - containerPort: "8080"
     |                          ^^^^^^
<yaml>:13:18: spec.containers[0].env[0].value: Invalid value: 8080: must be a string. Put it in quotes
  13 |           value: 8080
     |                  ^^^^
<yaml>:15:18: spec.containers[0].env[1].value: Invalid value: true: must be a string. Put it in quotes: yes, no, on, off, y and n are booleans in YAML
  15 |           value: yes
     |                  ^^^
<yaml>:16:13: spec.containers[0].args: Invalid value: "serve": must be a list
  16 |       args: serve
     |             ^^^^^
<yaml>:17:36: spec.containers[0].resources.limits[memory]: Invalid value: "128MB": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'. Use a quantity such as 0.5, 500m or 128Mi
  17 |       resources: {limits: {memory: 128MB}}
     |                                    ^^^^^`);
});

test('reports unknown fields, and suggests the nearest name or the right place', () => {
  const manifest = `${POD}spec:
  containers:
    - nmae: web
      image: web:1
      livenessprobe: {tcpSocket: {port: 80}}
      readinessProbe:
        command: [cat, /tmp/ready]
      colour: red
  startupProbe: {}
`;
  expect(messageOf(manifest)).toBe(`\
<yaml>: 5 problems
<yaml>:7:7: spec.containers[0].nmae: unknown field. Did you mean "name"?
  7 |     - nmae: web
    |       ^^^^
<yaml>:9:7: spec.containers[0].livenessprobe: unknown field. Did you mean "livenessProbe"?
  9 |       livenessprobe: {tcpSocket: {port: 80}}
    |       ^^^^^^^^^^^^^
<yaml>:11:9: spec.containers[0].readinessProbe.command: unknown field. It belongs in exec
  11 |         command: [cat, /tmp/ready]
     |         ^^^^^^^
<yaml>:12:7: spec.containers[0].colour: unknown field
  12 |       colour: red
     |       ^^^^^^
<yaml>:13:3: spec.startupProbe: unknown field. It belongs in containers[]
  13 |   startupProbe: {}
     |   ^^^^^^^^^^^^`);
});

test('reports missing containers at the position of spec', () => {
  expect(messageOf(`${POD}spec: {}\n`)).toBe(`\
<yaml>:5:1: spec.containers: Required value. A pod needs at least one container
  5 | spec: {}
    | ^^^^`);
});

test('reports an error of Kubernetes by the path in the template of a Deployment', () => {
  const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: wbe}}
    spec:
      restartPolicy: Never
      containers:
        - name: web
          image: web:1
          livenessProbe: {tcpSocket: {port: 80}, successThreshold: 3}
          imagePullPolicy: Sometimes
`;
  expect(messageOf(manifest)).toBe(`\
<yaml>: 4 problems
<yaml>:8:16: spec.template.metadata.labels: Invalid value: {"app":"wbe"}: \`selector\` does not match template \`labels\`
  8 |     metadata: {labels: {app: wbe}}
    |                ^^^^^^
<yaml>:10:22: spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
  10 |       restartPolicy: Never
     |                      ^^^^^
<yaml>:14:68: spec.template.spec.containers[0].livenessProbe.successThreshold: Invalid value: 3: must be 1
  14 |           livenessProbe: {tcpSocket: {port: 80}, successThreshold: 3}
     |                                                                    ^
<yaml>:15:28: spec.template.spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"
  15 |           imagePullPolicy: Sometimes
     |                            ^^^^^^^^^`);
});

test('requires restartPolicy OnFailure or Never for a Job', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate' } };
  const template = { spec: { containers: [{ name: 'migrate', image: 'migrate:1' }] } };
  expect(messageOf({ ...job, spec: { template } })).toBe(
    'manifest: spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
  );
});

test('requires a workload option if the manifest has several workloads', () => {
  const worker = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'worker' }, spec: {} };
  const web = { ...worker, metadata: { name: 'web' } };
  expect(messageOf([web, worker])).toBe(
    "manifest: the manifest has 2 workloads: Pod/web and Pod/worker. Choose one, for example workload: 'Pod/web'",
  );
  expect(messageOf([web, worker], { workload: 'Pod/wrk' })).toBe(
    'manifest: unknown workload "Pod/wrk". Valid workloads: Pod/web and Pod/worker',
  );
});

test('lists the objects of a manifest without a workload', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
  expect(messageOf([service, { kind: 'ConfigMap', metadata: { name: 'settings' } }])).toBe(
    'manifest: contains no workload, only Service/web and ConfigMap/settings. Supported kinds: Pod, Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, CronJob',
  );
});

test('reports the right apiVersion of a kind', () => {
  expect(messageOf('apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: web}\n')).toBe(`\
<yaml>:1:13: apiVersion: no matches for kind "Deployment" in version "extensions/v1beta1". Use "apps/v1"
  1 | apiVersion: extensions/v1beta1
    |             ^^^^^^^^^^^^^^^^^^`);
  expect(messageOf('apiVersion: v1\nkind: pod\n')).toBe(`\
<yaml>:2:7: kind: unknown kind "pod". Did you mean "Pod"?
  2 | kind: pod
    |       ^^^`);
});

test('lists the containers of the pod if an image names another one', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'web', image: 'web:1' }] },
  };
  expect(messageOf(pod, { images: { app: 'web:dev' } })).toBe(
    'manifest: images: no container has the name or the image "app". Valid containers: web (web:1)',
  );
});

test('reports the folder in which it searched a file', () => {
  expect(messageOf('k8s/pod.yaml')).toBe(
    `k8s/pod.yaml: no such file in ${process.cwd()}. If this is YAML text, it must contain a line break or a mapping`,
  );
});

test('prefixes errors with file, line and column', () => {
  const file = path.join(__dirname, 'three-mistakes.yaml');
  expect(messageOf(file).replaceAll(file, 'three-mistakes.yaml')).toBe(`\
three-mistakes.yaml: 3 problems
three-mistakes.yaml:13:13: metadata.name: Invalid value: "Web": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
  13 |       name: Web
     |             ^^^
three-mistakes.yaml:16:11: spec.containers[0].image: Required value
  16 |         - name: web
     |           ^
three-mistakes.yaml:19:13: spec.containers[0].livenessProbe.httpGet: Forbidden: may not specify more than 1 handler type
  19 |             httpGet: { port: 8080 }
     |             ^^^^^^^`);
});

test('prints at most eight problems, and returns all of them as data', () => {
  const containers = Array.from({ length: 30 }, (_, index) => ({ name: `c${index}` }));
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers } };
  expect(messageOf(pod).split('\n')).toHaveLength(10);
  expect(messageOf(pod)).toMatch(/\nand 22 more$/);
  expect(() => loadPod(pod)).toThrow(
    expect.objectContaining({
      problems: expect.arrayContaining([{ field: 'spec.containers[29].image', type: 'Required', detail: '' }]),
    }),
  );
});
