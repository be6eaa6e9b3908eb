import { describe, expect, test } from '@jest/globals';
import { parseDocument } from 'yaml';
import type { Patch } from '../../../src/gate/model/patch';
import { patchTextFor } from '../../../src/gate/patchText';
import { readNamedText } from '../../../src/manifest/source/source';
import { findWorkload } from '../../../src/manifest/workload/workloads';

const CONTAINER = { name: 'web' };
const found = { kind: 'gracePeriod', tookMs: 2_400, seconds: 3 } as const;
const threshold: Patch = { path: ['containers', CONTAINER, 'startupProbe', 'failureThreshold'], value: 9, found };
const sleep: Patch = {
  path: ['containers', CONTAINER, 'lifecycle', 'preStop', 'sleep', 'seconds'],
  value: 3,
  found,
  more: [{ path: ['terminationGracePeriodSeconds'], value: 33 }],
};

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
`;
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      # The proxy comes first.
      containers:
        - name: proxy
          image: proxy:1
        - name: web
          image: web:1
          startupProbe:
            failureThreshold: 3  # too few
            httpGet: { port: 8080 }

      volumes: []
`;

const textFor = (patch: Patch, text: string, file = 'k8s/web.yaml') =>
  patchTextFor(patch, findWorkload(readNamedText(text, file), undefined));

/** Applies a diff by the line numbers of its hunks. */
function applied(text: string, diff: string): string {
  const lines = text.split('\n');
  let moved = 0;
  for (const [, from = '', hunk = ''] of diff.matchAll(/^@@ -(\d+)\S* \S+ @@\n((?:[ +-].*\n)+)/gm)) {
    const rows = hunk.trimEnd().split('\n');
    const old = rows.filter((row) => !row.startsWith('+')).map((row) => row.slice(1));
    const next = rows.filter((row) => !row.startsWith('-')).map((row) => row.slice(1));
    expect(lines.slice(Number(from) - 1 + moved, Number(from) - 1 + moved + old.length)).toEqual(old);
    lines.splice(Number(from) - 1 + moved, old.length, ...next);
    moved += next.length - old.length;
  }
  return lines.join('\n');
}

describe('patchTextFor', () => {
  test('returns a strategic merge patch for the workload', () => {
    expect(textFor(threshold, DEPLOYMENT).yaml).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          startupProbe:
            failureThreshold: 9
`);
  });

  test.each([
    ['Pod', 'v1', 'spec:\n  containers'],
    ['StatefulSet', 'apps/v1', 'spec:\n  template:\n    spec:\n      containers'],
    ['Job', 'batch/v1', 'spec:\n  template:\n    spec:\n      containers'],
    ['CronJob', 'batch/v1', 'spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers'],
  ])('finds the pod template of a %s', (kind, apiVersion, path) => {
    const text = JSON.stringify({ apiVersion, kind, metadata: { name: 'web' } });
    expect(textFor(threshold, text).yaml).toContain(`\n${path}:\n`);
  });

  test('returns a diff with the line numbers of the file', () => {
    const text = `${SERVICE}---\n${DEPLOYMENT}`;
    const { diff = '' } = textFor(threshold, text);
    expect(diff).toBe(`--- a/k8s/web.yaml
+++ b/k8s/web.yaml
@@ -15,8 +15,8 @@
           image: proxy:1
         - name: web
           image: web:1
           startupProbe:
-            failureThreshold: 3  # too few
+            failureThreshold: 9  # too few
             httpGet: { port: 8080 }
 
       volumes: []
`);
    expect(applied(text, diff)).toBe(text.replace('failureThreshold: 3', 'failureThreshold: 9'));
  });

  test('inserts missing fields in the style of their parent', () => {
    const after = applied(DEPLOYMENT, textFor(sleep, DEPLOYMENT).diff ?? '');
    expect(after).toContain(`            httpGet: { port: 8080 }
          lifecycle:
            preStop:
              sleep:
                seconds: 3

      volumes: []
      terminationGracePeriodSeconds: 33
`);
    const pod = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"containers":[{"name":"web"}]}}\n';
    const { diff = '' } = textFor(sleep, pod);
    expect(parseDocument(applied(pod, diff)).toJS()).toMatchObject({
      spec: {
        terminationGracePeriodSeconds: 33,
        containers: [{ name: 'web', lifecycle: { preStop: { sleep: { seconds: 3 } } } }],
      },
    });
  });

  test.each([
    ['the manifest is not a file', DEPLOYMENT, '<stdin>'],
    ['a chart renders the manifest', DEPLOYMENT, 'helm template web charts/web'],
    [
      'the position is inside an alias',
      DEPLOYMENT.replace('containers:', 'ephemeral: &list').replace('volumes: []', 'containers: *list'),
      'a.yaml',
    ],
    ['the file contains a Secret', DEPLOYMENT.replace('volumes: []', 'volumes: [{ name: kind, x: Secret }]'), 'a.yaml'],
  ])('returns no diff if %s', (_, text, file) => {
    expect(textFor(threshold, text, file)).not.toHaveProperty('diff');
  });
});
