import { describeOnEngine } from '../../engine/onEngine';
import { type Attack, attempts, shell } from './attack';
import type { Loot } from './loot';

/**
 * Returns a script that swaps a directory of a volume for a link to the machine and back, forever. Each exists for the
 * same time.
 */
const swap = (place: string, { dir }: Loot) =>
  `while :; do rm -rf ${place}; ln -s ${dir} ${place}; usleep 2000; rm -f ${place}; mkdir -p ${place}; usleep 2000; done`;
const LOOKS = 'cat /part/secret /part; touch /part/owned; echo owned > /part';

/** Returns an attack in which a container swaps a part of a volume while others mount it again and again. */
function race(loot: Loot, volume: object, mount: object, place = '/data/part'): Attack {
  const swapper = shell(swap(place, loot), { name: 'swap', volumeMounts: [{ name: 'data', mountPath: '/data' }] });
  const looker = (name: string) =>
    shell(`${LOOKS}; exit 1`, { name, volumeMounts: [{ name: 'data', mountPath: '/part', ...mount }] });
  const containers = [swapper, ...['a', 'b', 'c', 'd'].map(looker)];
  return { spec: { containers, volumes: [{ name: 'data', ...volume }] }, ends: 12 };
}

/** Returns an attack with a part of a volume that an init container prepares. */
function attackPrepared(prepare: string, mount: object, volume: object = { emptyDir: {} }): Attack {
  const init = shell(prepare, { name: 'init', volumeMounts: [{ name: 'data', mountPath: '/data' }] });
  const web = shell(LOOKS, { volumeMounts: [{ name: 'data', mountPath: '/part', ...mount }] });
  return { spec: { initContainers: [init], containers: [web], volumes: [{ name: 'data', ...volume }] }, ends: 2 };
}

/** Returns an attack with a volume of which a container only has a part. */
function within(prepare: string, inner: object, more: object = {}): Attack {
  const outer = { name: 'data', mountPath: '/outer', subPath: 'outer' };
  const init = shell(prepare, { name: 'init', volumeMounts: [outer] });
  const web = shell(LOOKS, { volumeMounts: [{ name: 'data', mountPath: '/part', ...inner }], ...more });
  return { spec: { initContainers: [init], containers: [web], volumes: [{ name: 'data', emptyDir: {} }] }, ends: 2 };
}

const memory = { emptyDir: { medium: 'Memory' } };
const claim = { persistentVolumeClaim: { claimName: 'c' } };
const ephemeral = {
  ephemeral: {
    volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  },
};

describeOnEngine('a pod cannot reach files of the machine by a part of a volume', () => {
  attempts({
    'that is swapped for a link while it is mounted': (loot) => race(loot, { emptyDir: {} }, { subPath: 'part' }),
    'in memory that is swapped for a link while it is mounted': (loot) => race(loot, memory, { subPath: 'part' }),
    'of a claim that is swapped for a link while it is mounted': (loot) => race(loot, claim, { subPath: 'part' }),
    'of an ephemeral volume that is swapped for a link': (loot) => race(loot, ephemeral, { subPath: 'part' }),
    'by subPathExpr that is swapped for a link': (loot) => race(loot, { emptyDir: {} }, { subPathExpr: 'part' }),
    'below a directory that is swapped for a link': (loot) => race(loot, { emptyDir: {} }, { subPath: 'part/inner' }),
    'that is read-only and swapped for a link': (loot) =>
      race(loot, { emptyDir: {} }, { subPath: 'part', readOnly: true }),
    'that is a link to a directory': ({ dir }) => attackPrepared(`ln -s ${dir} /data/part`, { subPath: 'part' }),
    'that is a link to a file': ({ file }) => attackPrepared(`ln -s ${file} /data/part`, { subPath: 'part' }),
    'that is a link upward': ({ file }) =>
      attackPrepared(`ln -s ../../../../../../../.. /data/part`, { subPath: `part${file}` }),
    'that is a link to a link': ({ dir }) =>
      attackPrepared(`ln -s ${dir} /data/b; ln -s b /data/part`, { subPath: 'part' }),
    'below a link': ({ dir }) =>
      attackPrepared(`ln -s /var /data/part`, { subPath: `part${dir.slice('/var'.length)}` }),
    'of a claim that is a link': ({ dir }) => attackPrepared(`ln -s ${dir} /data/part`, { subPath: 'part' }, claim),
    'of an ephemeral volume that is a link': ({ dir }) =>
      attackPrepared(`ln -s ${dir} /data/part`, { subPath: 'part' }, ephemeral),
    'with dots in its path': ({ dir }) => attackPrepared('true', { subPath: `../../../../../../..${dir}` }),
    'with dots from a variable': ({ dir }) =>
      within('true', { subPathExpr: '$(UP)' }, { env: [{ name: 'UP', value: `../../../../../../..${dir}` }] }),
    'with an absolute path': ({ dir }) => attackPrepared('true', { subPath: dir }),
    'with an absolute path from a variable': ({ dir }) =>
      within('true', { subPathExpr: '$(UP)' }, { env: [{ name: 'UP', value: dir }] }),
    'that lies in another part, which has a link': ({ dir }) =>
      within(`ln -s ${dir} /outer/inner`, { subPath: 'outer/inner' }),
    "that depends on the pod's IP": ({ dir }) => {
      const env = [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }];
      return within(`ln -s ${dir} /outer/$(hostname -i)`, { subPathExpr: 'outer/$(IP)' }, { env });
    },
    'whose root is a link': ({ dir }) => within(`rm -rf /outer; ln -s ${dir} /outer`, { subPath: 'outer' }),
  });
});
