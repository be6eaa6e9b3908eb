import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { simulated } from '../simulated';

test('lists the back-offs of the kubelet', () => {
  const pod = simulated({}, { web: [{ at: '1s', exit: 1 }] });
  pod.advance('1s');
  expect(pod).toHaveBackOffs([]);
  pod.advance('5m');
  expect(pod).toHaveBackOffs(['10s', '20s', '40s', '80s', '160s']);
  expect(pod).toHaveBackOffs(['10s', '20s', '40s', '1m20s', '2m40s'], { container: 'web' });
  expect(pod).not.toHaveBackOffs(['10s', '20s']);
});

test('prints the received back-offs', async () => {
  const pod = simulated({}, { web: [{ at: '1s', exit: 1 }] });
  pod.advance('20s');
  expect(await messageOf(() => expect(pod).toHaveBackOffs(['10s']))).toBe(`expect(pod).toHaveBackOffs([ '10s' ])

Expected: web to have back-offs 10s
Received: web has back-offs 10s, 20s after 13.0s

       0s                5s                10s               15s
web    ███x1██x▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒2██x▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
Ready  ═══════                                    ═══
█ Running  ▒ back-off  x exit  1 restart  ═ Ready

  (10 earlier lines left out)
  +12.0s  web  Started  restart 2 after back-off, 10.0s after the exit
  +12.0s  pod  Ready
  +13.0s  web  exited   1
  +13.0s  pod  unready  containers with unready status: [web]
> +13.0s  web  BackOff  Back-off restarting failed container web

Cause: web exited 3 times, most recently 1.0s after its start. The first restart has no back-off, and the next ones wait 10s, 20s, 40s … 5m until an instance of web runs for 10m.
Docs:  jest-kubelet/docs/faq/restarts-and-back-off.md#first-crash`);
  expect(
    await messageOf(() => expect(pod).not.toHaveBackOffs(['10s', '20s'])),
  ).toBe(`expect(pod).not.toHaveBackOffs([ '10s', '20s' ])

Expected: web not to have back-offs 10s, 20s
Received: web has back-offs 10s, 20s after 13.0s

       0s                5s                10s               15s
web    ███x1██x▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒2██x▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
Ready  ═══════                                    ═══
█ Running  ▒ back-off  x exit  1 restart  ═ Ready

  (10 earlier lines left out)
  +12.0s  web  Started  restart 2 after back-off, 10.0s after the exit
  +12.0s  pod  Ready
  +13.0s  web  exited   1
  +13.0s  pod  unready  containers with unready status: [web]
> +13.0s  web  BackOff  Back-off restarting failed container web

Cause: web exited 3 times, most recently 1.0s after its start. The first restart has no back-off, and the next ones wait 10s, 20s, 40s … 5m until an instance of web runs for 10m.
Docs:  jest-kubelet/docs/faq/restarts-and-back-off.md#first-crash`);
});

test('rejects a list with values that are not durations', async () => {
  const pod = simulated({});
  expect((await messageOf(() => expect(pod).not.toHaveBackOffs([10] as never))).split('Matcher error: ')[1]).toBe(
    "each of waits must be a duration such as '40s', received 10",
  );
});
