import { expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

test('the container uses the database in the preset', async () => {
  const pod = await runPod(`${__dirname}/website.yaml`);

  expect(pod.pod.metadata.annotations).toEqual({
    'podpreset.admission.kubernetes.io/podpreset-allow-database': '0',
  });
  await expect(pod).toBecomeReady();
  const website = pod.container('website');
  expect(await website.exec(['sh', '-c', 'echo "port $DB_PORT"'])).toMatchObject({ output: 'port 6379\n' });
  expect(await website.exec(['ls', '-la', '/cache'])).toMatchObject({ output: expect.stringContaining('drwxrwxrwx') });
  await expectSameOrderInSimulation(pod);
});
