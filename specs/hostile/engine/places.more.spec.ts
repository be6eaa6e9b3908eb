import { afterAll, expect, test } from '@jest/globals';
import { findEngine } from '../../../src/runtime/docker/engine/engine';
import { describeOnEngine } from '../../engine/onEngine';
import { type Attack, attempts, CAME_THROUGH, controls, IMAGE, STATE, shell, THROUGH, twice } from './attack';
import type { Loot } from './loot';

const LOG = (terminationMessagePath: string) => ({ terminationMessagePath });
const CONFIG = { configMaps: { app: { secret: 'mine' } } };
const conf = { name: 'conf', configMap: { name: 'app' } };
const made: string[] = [];

/** Builds an image in which a script creates links, with these changes of its configuration. */
async function image(script: string, changes: readonly string[] = []): Promise<string> {
  const { docker } = await findEngine();
  const container = await docker.createContainer({ Image: 'busybox:1.36', Cmd: ['sh', '-c', script] });
  await container.start();
  await container.wait();
  const tag = `t${made.length}-${process.pid}`;
  await container.commit({
    repo: 'localhost/jest-kubelet-attack',
    tag,
    ...(changes.length > 0 && { changes: changes.join('\n') }),
  });
  await container.remove({ force: true, v: true });
  made.push(`localhost/jest-kubelet-attack:${tag}`);
  return `localhost/jest-kubelet-attack:${tag}`;
}

async function from(script: string, run: string, more: object = {}, changes: readonly string[] = []): Promise<Attack> {
  const web = { ...shell(run), image: await image(script, changes), imagePullPolicy: 'Never', ...more };
  return { spec: { containers: [web], volumes: [conf, STATE.volume] }, options: CONFIG };
}

const looks = ({ file, dir }: Loot, ...places: string[]) =>
  [...places, file, `../../../..${file}`].map((place) => `cat ${place} ${place}/secret`).join('; ') +
  `; touch ${dir}/owned; for place in ${places.join(' ')}; do touch $place/owned; echo owned > $place; done`;

const looksUp = (loot: Loot) => `cat ../../../../../..${loot.file}; ls ../../..${loot.dir}`;

/** Returns an attack with a working directory that the engine resolves while files of the machine are open. */
function workingDirectory(loot: Loot, workingDir: string): Attack {
  return { spec: { containers: [shell(looksUp(loot), { workingDir })] } };
}

const KEYS = `[ -s /proc/keys ] && echo ${THROUGH}; head -c1 /proc/keys | grep -q . && echo ${THROUGH}; true`;
const isHidden = (place: string) => `[ -e ${place}/1 ] || echo ${THROUGH}`;
const isWritable = (place: string) => `touch ${place}/owned && echo ${THROUGH}`;

/** Returns an attack on the folder of the machine, which `allow` mounts in the container. */
function attackWalled(script: string, loot: Loot, mountPath: string): Attack {
  const web = shell(script, { volumeMounts: [{ name: 'wall', mountPath }] });
  const volumes = [{ name: 'wall', hostPath: { path: loot.dir } }];
  return { spec: { containers: [web], volumes }, options: { allow: ['hostPath'] } };
}

const OPEN_FILES = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

describeOnEngine('a pod cannot reach files of the machine by a path that the engine resolves', () => {
  afterAll(async () => {
    const { docker } = await findEngine();
    await Promise.all(made.map((name) => docker.getImage(name).remove({ force: true })));
  });

  attempts({
    ...Object.fromEntries(
      OPEN_FILES.map((fd) => [
        `by /proc/self/fd/${fd} as its working directory`,
        (loot: Loot) => workingDirectory(loot, `/proc/self/fd/${fd}`),
      ]),
    ),
    'by a link to /proc/self/fd in its image as its working directory': async (loot) =>
      from('ln -s /proc/self/fd/8 /here', `cat ../../../../..${loot.file}`, { workingDir: '/here' }),
    'by the working directory of its image': async (loot) =>
      from('true', `cat ../../../../..${loot.file}`, {}, ['WORKDIR /proc/self/fd/8']),
    'by a link in its image where a volume is mounted': async (loot) =>
      from(`ln -s ${loot.dir} /conf`, looks(loot, '/conf'), { volumeMounts: [{ name: 'conf', mountPath: '/conf/x' }] }),
    'by a link upward in its image where a volume is mounted': async (loot) =>
      from(`ln -s ../../../../../..${loot.dir} /conf`, looks(loot, '/conf'), {
        volumeMounts: [{ name: 'state', mountPath: '/conf' }],
      }),
    'by a link in its image at its termination log': async (loot) =>
      from(`ln -s ${loot.dir} /log`, looks(loot, '/log'), LOG('/log/secret')),
    'by a link in its image in place of its termination log': async (loot) =>
      from(`ln -s ${loot.file} /log`, looks(loot, '/log'), LOG('/log')),
    'by a link in its image where the image declares a volume': async (loot) =>
      from(`ln -s ${loot.dir} /vol`, looks(loot, '/vol'), {}, ['VOLUME /vol']),
    'by a link upward in its image where the image declares a volume': async (loot) =>
      from(`ln -s ../../../../../../../..${loot.dir} /vol`, looks(loot, '/vol/x'), {}, ['VOLUME /vol/x']),
    'by a link in place of /etc/passwd in its image': async (loot) =>
      from(`ln -sf ${loot.file} /etc/passwd`, looks(loot, '/etc/passwd'), {}, ['USER someone']),
    'by a link in place of /etc in its image': async (loot) =>
      from(`mkdir /e; cp -a /etc/. /e; ln -s ${loot.dir} /e/hosts2`, looks(loot, '/e/hosts2')),
    'by a link in place of a program of a probe': async (loot) => {
      const readinessProbe = { exec: { command: ['/probe'] }, periodSeconds: 1 };
      return from(`ln -s ${loot.file} /probe`, `sleep 3; ${looks(loot, '/probe')}`, { readinessProbe });
    },
    'by a link in a volume at its termination log': (loot) => {
      const more = { ...LOG('/state/log/secret'), volumeMounts: [STATE.mount] };
      const web = shell(twice(`rm -rf /state/log; ln -s ${loot.dir} /state/log`, looks(loot, '/state/log')), more);
      return { spec: { containers: [web], volumes: [STATE.volume] }, ends: 2 };
    },
    'by a link in a volume where another is mounted': (loot) => {
      const volumeMounts = [STATE.mount, { name: 'inner', mountPath: '/state/inner' }];
      const evil = shell(`while :; do rm -rf /state/inner; ln -s ${loot.dir}/made /state/inner; done`, {
        name: 'evil',
        volumeMounts: [STATE.mount],
      });
      const web = shell(`${looks(loot, '/state/inner')}; exit 1`, { volumeMounts });
      const volumes = [STATE.volume, { name: 'inner', emptyDir: {} }];
      return { spec: { containers: [evil, web], volumes }, ends: 3 };
    },
    'by a link in a volume where a configMap is mounted': (loot) => {
      const before = `ln -s ${loot.dir} /state/conf`;
      const evil = shell(before, { name: 'init', volumeMounts: [STATE.mount] });
      const volumeMounts = [STATE.mount, { name: 'conf', mountPath: '/state/conf/made' }];
      const web = shell(looks(loot, '/state/conf'), { volumeMounts });
      const spec = { initContainers: [evil], containers: [web], volumes: [STATE.volume, conf] };
      return { spec, options: CONFIG, ends: 2 };
    },
    'by dots in the place of a mount': (loot) => {
      const volumeMounts = [{ name: 'state', mountPath: `/x/../../../../..${loot.dir}` }];
      const web = shell(`touch ${loot.dir}/in-the-volume; cat ${loot.file}`, { volumeMounts });
      return { spec: { containers: [web], volumes: [STATE.volume] } };
    },
    'by a key of a configMap with dots': (loot) => {
      const items = [{ key: 'secret', path: `../../../../../../..${loot.dir}/owned` }];
      const web = shell(looks(loot, '/conf'), { volumeMounts: [{ name: 'conf', mountPath: '/conf' }] });
      return {
        spec: { containers: [web], volumes: [{ name: 'conf', configMap: { name: 'app', items } }] },
        options: CONFIG,
      };
    },
    'by an empty volume in place of /dev, which unmasks what the engine hides': () => {
      const web = shell(KEYS, { volumeMounts: [{ name: 'state', mountPath: '/dev' }] });
      return { spec: { containers: [web], volumes: [STATE.volume] } };
    },
    'by a link to a file of the kernel in a volume in place of /dev': () => {
      const volumeMounts = [{ name: 'state', mountPath: '/dev/' }, STATE.mount];
      const look = `[ "$(head -c9 /proc/keys)" = "$(head -c9 /proc/sys/kernel/core_pattern)" ] && echo ${THROUGH}`;
      const web = shell(twice('rm -f /state/null; ln -s /proc/sys/kernel/core_pattern /state/null', look), {
        volumeMounts,
      });
      return { spec: { containers: [web], volumes: [STATE.volume] }, ends: 2 };
    },
    'by a volume in place of /proc': () => {
      const web = shell(isHidden('/proc'), { volumeMounts: [{ name: 'state', mountPath: '/proc' }] });
      return { spec: { containers: [web], volumes: [STATE.volume] } };
    },
    'by a volume in /proc/sys': () => {
      const web = shell(isWritable('/proc/sys'), {
        volumeMounts: [{ name: 'state', mountPath: '/proc/sys' }],
      });
      return { spec: { containers: [web], volumes: [STATE.volume] } };
    },
  });
});

describeOnEngine('the attacks on files of the machine detect', () => {
  const attackMounted = (script: string): Attack => ({
    spec: {
      containers: [shell(script, { volumeMounts: [{ name: 'state', mountPath: '/x' }] })],
      volumes: [STATE.volume],
    },
  });

  controls({
    'a place with its folder': (loot) => attackWalled(looks(loot, '/conf'), loot, '/conf'),
    'a path that leads to its folder': (loot) => attackWalled(looks(loot, '/nowhere'), loot, loot.dir),
    'a way up to its folder': (loot) => attackWalled(looksUp(loot), loot, loot.dir),
    'a volume that hides what is there': () => attackMounted(isHidden('/x')),
    'a volume that is written to': () => attackMounted(isWritable('/x')),
  });

  test('a file of the kernel that the engine does not hide', async () => {
    const { docker } = await findEngine();
    const HostConfig = { MaskedPaths: [] };
    const container = await docker.createContainer({ Image: IMAGE, Cmd: ['sh', '-c', KEYS], HostConfig });
    await container.start();
    await container.wait();
    const printed = String(await container.logs({ stdout: true }));
    await container.remove();
    expect(printed).toContain(CAME_THROUGH);
  });
});
