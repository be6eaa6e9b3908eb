import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

const web = { name: 'web', image: 'web:1' };
const MANIFEST = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [web] } };

test('counts assertions from a note of the test, and shows it in a failure', async () => {
  const pod = simulatePod(MANIFEST, { web: [{ at: '10s', exit: 0, run: 1 }] });
  await expect(pod).toRestart();
  await pod.note('POST /quitquitquit');
  const failure = expect(expect(pod).toRestart({ within: '5s' }));
  await failure.rejects.toThrow(
    /Received: no restart after 15\.0s.* {2}\+10\.0s {2}test {2}note +POST \/quitquitquit/s,
  );
});
