import { expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}
spec:
  containers:
    - {name: web, image: "web:1"}
`;
const service = (name: string, selector: string, more = '') =>
  `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: ${selector}, ports: [{port: 80, targetPort: http}]${more}}\n`;
const namesOf = (text: string) => loadManifest(text).services.map(({ name }) => name);

test('returns the Services whose labels all match the pod', () => {
  expect(
    namesOf(
      POD +
        service('exact', '{app: web, tier: front}') +
        service('part', '{app: web}') +
        service('other', '{app: web, tier: back}') +
        service('more', '{app: web, zone: a}'),
    ),
  ).toEqual(['exact', 'part']);
});

test('ignores a Service without a selector', () => {
  expect(namesOf(POD + service('all', '{}') + service('none', '~'))).toEqual([]);
});

test('ignores a Service in another namespace', () => {
  const elsewhere = service('web', '{app: web}').replace('{name: web}', '{name: web, namespace: other}');
  const beside = service('web', '{app: web}').replace('{name: web}', '{name: web, namespace: shop}');
  expect(namesOf(POD + elsewhere)).toEqual([]);
  expect(namesOf(POD + beside)).toEqual(['web']);
});

test('returns the ports of a Service and publishNotReadyAddresses', () => {
  const { services } = loadManifest(POD + service('web', '{app: web}', ', publishNotReadyAddresses: true'));
  expect(services).toMatchObject([{ ports: [{ targetPort: 'http' }], publishNotReadyAddresses: true }]);
  expect(services[0]?.document.locate(FieldPath.of('spec', 'selector'))).toMatchObject({ line: 11 });
});

test('locates a field of the pod in its workload', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1
`;
  const path = FieldPath.of('spec', 'containers').index(0).child('image');
  expect(loadManifest(text).locate(path)).toMatchObject({ line: 11, column: 18 });
});
