import { afterAll, beforeAll, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { type LivePod, runPod } from 'jest-kubelet';
import { describeOnEngine } from '../../engine/onEngine';

const VALUE = 'S3cret/pass+word';
const TELLTALE = /S3cret|UzNjcmV0|M2NyZXQ|NjcmV0|5333637265/i;

/** Scripts that print the value of the environment variable or the file. */
const PRINTS: Readonly<Record<string, string>> = {
  'as it is': 'echo "$password"',
  'from its file': 'cat /db/password; echo',
  'in base64': 'base64 /db/password',
  'in base64 of a header': 'printf "user:%s" "$password" | base64',
  'in base64 of another header': 'printf "users:%s" "$password" | base64',
  'in hexadecimal digits': 'od -An -v -tx1 /db/password | tr -d " \\n"; echo',
  'in JSON': 'printf \'{"p":"%s"}\\n\' "$password" | sed "s|/|\\\\\\\\/|g"',
  'with escape codes between': 'echo "$password" | sed "s/./&\\x1b[0m/g"',
  'where a line is cut': 'head -c 16376 /dev/zero | tr "\\0" x; echo "$password"',
};
const script = Object.values(PRINTS).join('\n');

describeOnEngine('the value of a Secret that an app prints', () => {
  let pod: LivePod;
  beforeAll(async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringData: { password: VALUE } };
    const web = {
      name: 'web',
      image: 'busybox:1.36',
      command: ['sh', '-c', `${script}\necho printed all\nexec sleep 600`],
      envFrom: [{ secretRef: { name: 'db' } }],
      volumeMounts: [{ name: 'db', mountPath: '/db' }],
    };
    const spec = {
      terminationGracePeriodSeconds: 0,
      containers: [web],
      volumes: [{ name: 'db', secret: { secretName: 'db' } }],
    };
    pod = await runPod([secret, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'leaks' }, spec }]);
    await expect(pod).toLog('printed all', { since: 'start', within: '2m' });
  });
  afterAll(() => pod.remove());

  test('is masked in each form in the timeline', () => {
    const { lines } = pod.timeline.output;
    expect(lines.length).toBeGreaterThanOrEqual(Object.keys(PRINTS).length);
    expect(lines.filter(({ text }) => text.includes('***')).length).toBeGreaterThanOrEqual(Object.keys(PRINTS).length);
    expect(JSON.stringify(lines)).not.toMatch(TELLTALE);
  });

  test('is masked in each form in the logs', async () => {
    const logs = await pod.container('web').logs();
    expect(logs).toContain('printed all');
    expect(logs).not.toMatch(TELLTALE);
  });

  test.each(Object.keys(PRINTS))('is masked in the error of a command that prints it %s', async (name) => {
    const failure = await pod
      .container('web')
      .exec(['sh', '-c', `${PRINTS[name]}; exit 1`])
      .then(
        () => new Error('it passed'),
        (error: Error) => error,
      );
    expect(failure.message).toContain('exited with 1');
    expect(`${failure.message}${JSON.stringify(failure)}`).not.toMatch(TELLTALE);
  });
});
