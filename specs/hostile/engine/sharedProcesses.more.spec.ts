import { describeOnEngine } from '../../engine/onEngine';
import { type Attack, attempts, STATE, shell, THROUGH, twice } from './attack';

const SPEC = { shareProcessNamespace: true };
/**
 * Returns a script that runs a command in the root of every process that the container sees, with the root in $root.
 */
const inEveryRoot = (command: string) => `for root in /proc/[0-9]*/root; do ( ${command} ) 2>/dev/null; done`;
/** Returns a script that replaces each file of the pattern by a link. */
const link = (target: string, pattern: string) =>
  inEveryRoot(`for place in ${pattern}; do [ -e $place ] && rm -rf $place && ln -s ${target} $place; done`);

/** Returns an attack that replaces the termination logs again and again, while another container reads its own. */
function terminationLog(replace: string, look: string): Attack {
  const log = { terminationMessagePath: '/dev/termination-log' };
  const web = shell(`${look}; sleep 0.3; exit 1`, log);
  const evil = shell(`while :; do ${replace}; done`, { name: 'evil' });
  return { spec: { ...SPEC, containers: [web, evil] }, ends: 2 };
}

/** Returns an attack that replaces a file of a volume, which the next instance mounts as a part. */
function part(volume: object, replace: string, more: object = {}): Attack {
  const volumeMounts = [STATE.mount, { name: 'conf', mountPath: '/part', subPath: 'secret' }];
  const look = 'cat /part; cat /part/secret; echo owned > /part; touch /part/owned';
  const web = shell(twice(replace, look), { volumeMounts });
  const volumes = [STATE.volume, { name: 'conf', ...volume }];
  return { spec: { ...SPEC, containers: [web], volumes }, ends: 2, ...more };
}

const CONFIG = { options: { configMaps: { app: { secret: 'mine' } }, secrets: { app: { secret: 'mine' } } } };
const KEY = '$root/volumes/conf/..2*/secret';
const FOLDER = '$root/volumes/conf/..2*';
const configMap = { configMap: { name: 'app' } };
const annotation = { path: 'secret', fieldRef: { fieldPath: 'metadata.name' } };

const LOOKS = inEveryRoot(`[ -d $root/volumes ] || [ -d $root/termination-logs ] && echo ${THROUGH}`);
/** Returns an attack in a command of the container, such as a hook, whose findings the container prints. */
function by(way: (exec: object) => object): Attack {
  const exec = { command: ['sh', '-c', `(${LOOKS}) > /state/found 2>&1; true`] };
  const web = shell('sleep 3; cat /state/found', { volumeMounts: [STATE.mount], ...way({ exec }) });
  return { spec: { ...SPEC, containers: [web], volumes: [STATE.volume] } };
}

describeOnEngine('a pod with shared processes cannot reach files of the machine', () => {
  attempts({
    'by a link to a file in place of its termination log': ({ file }) =>
      terminationLog(link(file, '$root/termination-logs/0'), 'cat /dev/termination-log'),
    'by a link that it then writes to': ({ file }) =>
      terminationLog(link(file, '$root/termination-logs/0'), 'echo owned > /dev/termination-log'),
    'by a link to a directory in place of its termination log': ({ dir }) =>
      terminationLog(
        link(dir, '$root/termination-logs/0'),
        'cat /dev/termination-log/secret; touch /dev/termination-log/owned',
      ),
    'by a link to / in place of its termination log': ({ file }) =>
      terminationLog(link('/', '$root/termination-logs/0'), `cat /dev/termination-log${file}`),
    'by links in place of all termination logs': ({ file }) =>
      terminationLog(
        inEveryRoot(`cd $root/termination-logs && for log in *; do ln -sf ${file} $log; done`),
        'cat /dev/termination-log',
      ),
    'by a directory with a link in place of its termination log': ({ dir }) =>
      terminationLog(
        inEveryRoot(`cd $root/termination-logs && rm 0 && mkdir 0 && ln -s ${dir} 0/dir`),
        'cat /dev/termination-log/dir/secret',
      ),
    'by a FIFO in place of its termination log': () =>
      terminationLog(inEveryRoot('rm $root/termination-logs/0 && mkfifo $root/termination-logs/0'), 'true'),
    'by a device in place of its termination log': () =>
      terminationLog(inEveryRoot('rm $root/termination-logs/0 && mknod $root/termination-logs/0 c 1 5'), 'true'),
    'by a link in place of a key of a configMap': ({ file }) => part(configMap, link(file, KEY), CONFIG),
    'by a link to a directory in place of a key of a configMap': ({ dir }) => part(configMap, link(dir, KEY), CONFIG),
    'by a link in place of the directory of a configMap': ({ dir }) => part(configMap, link(dir, FOLDER), CONFIG),
    'by a link in place of a key of a secret': ({ file }) =>
      part({ secret: { secretName: 'app' } }, link(file, KEY), CONFIG),
    'by a link in place of the directory of a secret': ({ dir }) =>
      part({ secret: { secretName: 'app' } }, link(dir, FOLDER), CONFIG),
    'by a link in place of a key of a projected volume': ({ file }) =>
      part({ projected: { sources: [{ configMap: { name: 'app' } }] } }, link(file, KEY), CONFIG),
    'by a link in place of a key of a downward API volume': ({ file }) =>
      part({ downwardAPI: { items: [annotation] } }, link(file, KEY)),
    'by a link in place of the ..data of a configMap': ({ dir }) =>
      part(configMap, link(dir, '$root/volumes/conf/..data'), CONFIG),
    'by a link in place of a part of an emptyDir': ({ dir }) =>
      part({ emptyDir: {} }, link(dir, '$root/volumes/conf/secret')),
    'by a link in place of a part of a claim': ({ dir }) =>
      part({ persistentVolumeClaim: { claimName: 'c' } }, link(dir, '$root/volumes/conf*/secret')),
    'by writing to the programs of the sandbox': () => ({
      spec: {
        ...SPEC,
        containers: [shell(inEveryRoot(`[ -e $root/pause ] && touch $root/owned $root/pause && echo ${THROUGH}`))],
      },
    }),
    'through the memory of PID 1': () => ({
      spec: { ...SPEC, containers: [shell(`head -c 9 /proc/1/maps | grep -q . && echo ${THROUGH}`)] },
    }),
    'through the file descriptors of PID 1': () => ({
      spec: { ...SPEC, containers: [shell(`readlink /proc/1/fd/0 && echo ${THROUGH}`)] },
    }),
    'through the working directory of PID 1': () => ({
      spec: { ...SPEC, containers: [shell(`ls /proc/1/cwd/ | grep -q . && echo ${THROUGH}`)] },
    }),
    'through the root of PID 1 as the user of the sandbox': () => {
      const securityContext = { runAsUser: 65535, runAsGroup: 65535 };
      return {
        spec: { ...SPEC, containers: [shell(`ls /proc/1/root/ | grep -q . && echo ${THROUGH}`, { securityContext })] },
      };
    },
    'through the root of PID 1 with the capabilities of the sandbox': () => {
      const securityContext = { runAsUser: 65535, runAsGroup: 65535, capabilities: { drop: ['ALL'] } };
      return {
        spec: { ...SPEC, containers: [shell(`ls /proc/1/root/ | grep -q . && echo ${THROUGH}`, { securityContext })] },
      };
    },
    'by entering the mount namespace of PID 1': ({ file }) => ({
      spec: { ...SPEC, containers: [shell(`nsenter -t 1 -m cat ${file} && echo ${THROUGH}`)] },
    }),
    'by ending PID 1, for another in its place': () => ({
      spec: { ...SPEC, containers: [shell(`kill -KILL 1; kill -STOP 1; sleep 1; ${LOOKS}`)] },
    }),
    'from a command that a test runs': () => ({
      spec: { ...SPEC, containers: [shell('sleep 60')] },
      act: (pod) =>
        pod
          .container('web')
          .exec(['sh', '-c', `${LOOKS}; cat /proc/1/root/etc/passwd; echo TRIED-ALL`])
          .then(({ output }) => output),
    }),
    'from a postStart hook': () => by((exec) => ({ lifecycle: { postStart: exec } })),
    'from a liveness probe': () => by((exec) => ({ livenessProbe: { ...exec, periodSeconds: 1 } })),
    'from a readiness probe': () => by((exec) => ({ readinessProbe: { ...exec, periodSeconds: 1 } })),
    'from a startup probe': () => by((exec) => ({ startupProbe: { ...exec, periodSeconds: 1 } })),
    'from an init container': () => ({
      spec: { ...SPEC, initContainers: [shell(LOOKS, { name: 'init' })], containers: [shell('true')] },
      ends: 2,
    }),
    'from a sidecar beside it': () => {
      const side = shell(`while :; do ${LOOKS}; sleep 0.2; done`, { name: 'side', restartPolicy: 'Always' });
      return { spec: { ...SPEC, initContainers: [side], containers: [shell('sleep 3')] } };
    },
    'while a program of ours runs in the sandbox': () => {
      const readinessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
      const script = `httpd -p 8080; for i in $(seq 300); do ${LOOKS}; usleep 10000; done`;
      return { spec: { ...SPEC, containers: [shell(script, { readinessProbe })] } };
    },
  });
});
