import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './root.mjs';

// kubernetes-models carries Kubernetes' published schemas as ES modules of compiled validators that let unknown fields
// pass. The test side is CommonJS and has to know every field, so what the validators know is written down as data:
// `node scripts/schema.mjs && npm run format` after an update.

const KINDS = ['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
// API objects that belong to pods.
const COMPANIONS = ['ConfigMap', 'Secret', 'Service'];
const GROUPS = {
  Pod: 'CoreV1',
  Job: 'BatchV1',
  CronJob: 'BatchV1',
  ...Object.fromEntries(COMPANIONS.map((kind) => [kind, 'CoreV1'])),
};
// Schemas that are written once and referenced by name. All others are written in place.
const SHARED = ['Container', 'LifecycleHandler', 'PodSpec', 'Probe', 'Volume'];

// Fields of Kubernetes 1.37 that kubernetes-models does not have yet.
const USER = { user: 'int64' };
const ADDED = {
  Container: { volumeMounts: { list: { fields: { bindMountOptions: { list: 'string' } } } } },
  LifecycleHandler: { httpGet: { fields: { protocol: { enum: ['HTTP1', 'HTTP2'] } } } },
  PodSpec: { evictionResponders: { list: { fields: { name: 'string', priority: 'int32' } } } },
  Probe: {
    grpc: { fields: { mode: { enum: ['Plaintext', 'TLS'] } } },
    httpGet: { fields: { protocol: { enum: ['HTTP1', 'HTTP2'] } } },
  },
  Volume: {
    configMap: { fields: { defaultUser: 'int64', items: { list: { fields: USER } } } },
    downwardAPI: { fields: { defaultUser: 'int64', items: { list: { fields: USER } } } },
    emptyDir: { fields: { mode: 'int32' } },
    projected: {
      fields: {
        defaultUser: 'int64',
        sources: {
          list: {
            fields: {
              clusterTrustBundle: { fields: USER },
              configMap: { fields: { items: { list: { fields: USER } } } },
              downwardAPI: { fields: { items: { list: { fields: USER } } } },
              podCertificate: { fields: USER },
              secret: { fields: { items: { list: { fields: USER } } } },
              serviceAccountToken: { fields: USER },
            },
          },
        },
      },
    },
    secret: { fields: { defaultUser: 'int64', items: { list: { fields: USER } } } },
  },
};

const MODULES = new URL('_schemas/', import.meta.resolve('kubernetes-models'));
const TARGET = path.join(ROOT, 'src/manifest/schema/kubernetes.json');

/** Returns the content of `kubernetes.json` from the installed kubernetes-models. */
async function schema() {
  const shared = {};
  for (const name of SHARED) shared[name] = await describe(`CoreV1${name}`);
  shared.ObjectMeta = (await describe('CoreV1Pod')).fields.metadata;
  const types = { ...shared };
  for (const kind of [...KINDS, ...COMPANIONS]) {
    types[kind] = await describe(`${GROUPS[kind] ?? 'AppsV1'}${kind}`);
    // Published by the server, not written by anyone.
    if (types[kind].fields.status) types[kind].fields.status = 'object';
  }
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, abridge(type, shared)]));
}

async function describe(type) {
  const { validate } = await import(new URL(`IoK8sApi${type}.js`, MODULES).href);
  return describeAt(validate, []);
}

/** Finds out what `validate` takes at a path by showing it one value of each kind there. */
function describeAt(validate, at) {
  const errorsFor = (value) => {
    validate(at.reduceRight((inner, key) => (key === 0 ? [inner] : { [key]: inner }), value));
    return (validate.errors ?? []).filter(({ instancePath }) => instancePath === at.map((key) => `/${key}`).join(''));
  };
  const takes = (value) => !errorsFor(value).some(({ keyword }) => keyword === 'type' || keyword === 'oneOf');
  const complaint = (value, keyword) => errorsFor(value).find((error) => error.keyword === keyword)?.params;

  const asked = spy();
  const object = takes(asked.object);
  if (object && takes('')) return 'any';
  if (object && asked.every) return { map: describeAt(validate, [...at, 'key']) };
  if (object && asked.keys.size === 0) return 'object';
  if (object) {
    return { fields: Object.fromEntries([...asked.keys].map((key) => [key, describeAt(validate, [...at, key])])) };
  }
  if (takes([])) return { list: describeAt(validate, [...at, 0]) };
  if (takes(true)) return 'boolean';
  if (complaint('\0', 'format')?.format === 'quantity') return 'quantity';
  if (takes('') && takes(1)) return 'int-or-string';
  if (takes('')) {
    const allowed = complaint('\0', 'enum')?.allowedValues;
    return allowed ? { enum: allowed } : 'string';
  }
  if (takes(1.5)) return 'number';
  if (takes(1)) return complaint(2 ** 40, 'format')?.format === 'int32' ? 'int32' : 'int64';
  throw new Error(`${at.join('.')}: unknown schema`);
}

/** Returns an object that records which of its fields are read, and whether all of them are. */
function spy() {
  const asked = { keys: new Set(), every: false };
  asked.object = new Proxy(
    {},
    {
      get: (_, key) => void (typeof key === 'string' && asked.keys.add(key)),
      ownKeys: () => {
        asked.every = true;
        return [];
      },
    },
  );
  return asked;
}

/** Adds fields to a type, at any depth. */
function add(type, added) {
  for (const [key, value] of Object.entries(added)) {
    if (type[key] === undefined) type[key] = structuredClone(value);
    else if (typeof value === 'object') add(type[key], value);
    else throw new Error(`${key} exists already`);
  }
}

function abridge(type, shared) {
  const names = new Map(Object.entries(shared).map(([name, one]) => [JSON.stringify(one), name]));
  const refer = (_, value) => {
    const name = value === type ? undefined : names.get(JSON.stringify(value));
    return name ? { ref: name } : value;
  };
  return JSON.parse(JSON.stringify(type, refer));
}

const types = await schema();
for (const [name, fields] of Object.entries(ADDED)) add(types[name].fields, fields);
const text = `${JSON.stringify(types, null, 2)}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else await writeFile(TARGET, text);
