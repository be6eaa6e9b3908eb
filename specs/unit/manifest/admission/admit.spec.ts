import { describe, expect, test } from '@jest/globals';
import { admit, type Objection } from '../../../../src/manifest/admission/admit';
import { readSource } from '../../../../src/manifest/source/source';
import { type ApiServer, NEWEST } from '../../../../src/manifest/values/apiServer';
import { bodyOf } from '../../../../src/manifest/values/fieldError';
import { findWorkload } from '../../../../src/manifest/workload/workloads';

const web = { name: 'web', image: 'web:1' };
const podOf = (spec: object, metadata: object = { name: 'shop' }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: { containers: [web], ...spec },
});
const deploymentOf = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec,
});

function admitted(manifest: object, server: ApiServer = NEWEST) {
  return admit(findWorkload(readSource(manifest), undefined), server, (pod) => pod);
}

const textOf = ({ path, type, value, detail }: Objection) =>
  `${path}: ${type === undefined ? detail : bodyOf({ type, value, detail })}`;
const findingsOf = (manifest: object, server?: ApiServer) => admitted(manifest, server).findings.map(textOf);

describe('admit', () => {
  test('returns the pod with defaults, and the pod as written', () => {
    const { pod, written, findings, dropped } = admitted(podOf({}));
    expect(pod.spec).toMatchObject({ restartPolicy: 'Always', terminationGracePeriodSeconds: 30 });
    expect(written.spec).toEqual({ containers: [web] });
    expect([findings, dropped]).toEqual([[], []]);
  });

  test('reports a wrong type, an unknown field and a broken rule at the same time', () => {
    const containers = [{ ...web, livenessProbe: { tcpSocket: { port: 0 } }, args: 'serve', comand: [] }];
    expect(findingsOf(podOf({ containers }))).toEqual([
      'spec.containers[0].args: Invalid value: "serve": must be a list',
      'spec.containers[0].comand: unknown field',
      'spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ]);
  });

  test('reports only the wrong type of a value, not that it is missing', () => {
    expect(findingsOf(podOf({ containers: [{ name: 5, image: 'web:1' }] }))).toEqual([
      'spec.containers[0].name: Invalid value: 5: must be a string',
    ]);
    expect(findingsOf(podOf({ containers: 'web' }))).toEqual(['spec.containers: Invalid value: "web": must be a list']);
  });

  test('reports only the misspelled name of a required field', () => {
    expect(findingsOf(podOf({ containers: [{ nmae: 'web', image: 'web:1' }] }))).toEqual([
      'spec.containers[0].nmae: unknown field',
    ]);
  });

  test('reports an unsupported value once, with the message of its rule', () => {
    expect(findingsOf(podOf({ restartPolicy: 'Maybe' }))).toEqual([
      'spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"',
    ]);
  });

  test('returns fields of a pod template with their paths in the workload', () => {
    const template = { metadata: { labels: { app: 'a b' } }, spec: { containers: [{ ...web, name: '' }] } };
    const { findings } = admitted(deploymentOf({ selector: { matchLabels: { app: 'a b' } }, template }));
    expect(findings.map(({ path, type }) => `${path}: ${type}`)).toEqual([
      'spec.template.metadata.labels[app]: Invalid',
      'spec.template.spec.containers[0].name: Required',
    ]);
  });

  test('rejects a field of a later version, and names that version', () => {
    const spec = { containers: [{ ...web, lifecycle: { stopSignal: 'SIGTERM' } }], os: { name: 'linux' } };
    expect(admitted(podOf(spec), { ...NEWEST, kubernetesVersion: '1.32' }).findings).toMatchObject([
      { detail: 'unknown field', advice: 'it needs Kubernetes 1.33 or later, and this is 1.32' },
    ]);
  });

  test('drops a field whose feature gate is off from both pods', () => {
    const spec = { containers: [{ ...web, lifecycle: { stopSignal: 'SIGTERM' } }], os: { name: 'linux' } };
    const { pod, written, dropped, findings } = admitted(podOf(spec));
    expect(dropped.map(({ path }) => String(path))).toEqual(['containers[0].lifecycle.stopSignal']);
    expect(pod.spec.containers[0]).not.toHaveProperty('lifecycle');
    expect(written.spec?.containers?.[0]).not.toHaveProperty('lifecycle');
    expect(findings).toEqual([]);
  });

  test('reports an unknown probe port with a code, because Kubernetes accepts it', () => {
    const containers = [{ ...web, readinessProbe: { httpGet: { port: 'http' } } }];
    expect(admitted(podOf({ containers })).findings).toMatchObject([
      { code: 'unknown-port', advice: 'use its number, or name a port "http"' },
    ]);
    expect(admitted(podOf({ containers })).findings[0]).not.toHaveProperty('type');
  });

  test('validates the pod after the change', () => {
    const workload = findWorkload(readSource(podOf({})), undefined);
    const { pod, findings } = admit(workload, NEWEST, ({ metadata, spec }) => ({
      ...(metadata && { metadata }),
      spec: { ...spec, containers: [{ name: 'web', image: 'web:2' }, {}] },
    }));
    expect(pod.spec.containers[0]?.image).toBe('web:2');
    expect(findings.map(textOf)).toContain('spec.containers[1].name: Required value');
  });

  test('rejects an unknown Kubernetes version', () => {
    expect(() => admitted(podOf({}), { ...NEWEST, kubernetesVersion: '1.99' })).toThrow(RangeError);
  });
});
