import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import published from '../../../../src/manifest/schema/kubernetes.json';
import { resolveSchema, schemaOf } from '../../../../src/manifest/schema/schema';

const ROOT = path.join(__dirname, '../../../..');

test('contains exactly the fields of kubernetes-models', () => {
  const script = path.join(ROOT, 'scripts/schema.mjs');
  const text = execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8', env: {} });
  expect(published).toEqual(JSON.parse(text));
});

test('contains fields of Kubernetes 1.36', () => {
  const fieldsOf = (name: string) => {
    const schema = resolveSchema(schemaOf(name));
    return typeof schema === 'object' && 'fields' in schema ? Object.keys(schema.fields) : [];
  };
  expect(fieldsOf('Container')).toEqual(
    expect.arrayContaining(['restartPolicyRules', 'resizePolicy', 'volumeDevices']),
  );
  expect(fieldsOf('PodSpec')).toEqual(expect.arrayContaining(['resources', 'hostnameOverride', 'schedulingGroup']));
});
