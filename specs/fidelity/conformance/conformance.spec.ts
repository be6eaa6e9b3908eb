import { execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { blocksIn, page } from '../../docs/pages';

const ROOT = path.join(__dirname, '../../..');

/** Runs the program over a directory of cases, by default the project's own. */
function conformance(...directories: readonly string[]): Promise<{ readonly code: unknown; readonly printed: string }> {
  return new Promise((resolve) => {
    const program = ['scripts/conformance.mjs', ...directories];
    execFile(process.execPath, program, { cwd: ROOT, maxBuffer: 1e8 }, (error, printed) => {
      resolve({ code: error?.code ?? 0, printed });
    });
  });
}

test('passes every conformance case from the tests of Kubernetes', async () => {
  const { code, printed } = await conformance();
  const [, failed, skipped] = /^conformance: \d+ passed, (\d+) failed, (\d+) skipped$/m.exec(printed) ?? [];
  expect(printed.split('\n').filter((line) => line.includes('FAILED'))).toEqual([]);
  expect({ code, failed }).toEqual({ code: 0, failed: '0' });
  expect(Number(skipped)).toBeLessThanOrEqual(10);
  expect(blocksIn(page('docs/fidelity.md'), 'text')).toEqual([printed.trimEnd().split('\n').at(-1)]);
});

test('knows the words of the case format that no upstream case uses', async () => {
  expect(await conformance('specs/fidelity/conformance/words')).toEqual({
    code: 0,
    printed: 'words.yaml: 9 passed, 0 failed, 0 skipped\nconformance: 9 passed, 0 failed, 0 skipped\n',
  });
});

test('reports a wrong expectation, an unknown word and a duplicate id', async () => {
  const { code, printed } = await conformance('specs/fidelity/conformance/wrong');
  expect(code).toBe(1);
  expect(printed.match(/^conformance: .*/m)?.[0]).toBe('conformance: 0 passed, 17 failed, 0 skipped');
  expect(listReceived(printed)).toMatchInlineSnapshot(`
"wrong-phase: {"phase":"Running"}
wrong-for-one-of-two-policies: {"received":{"restart":false},"given":{"restartPolicy":"Never","deleted":false,"statuses":[{"state":"exited","exitCode":1}]}}
wrong-in-its-second-step: {"get":"2s"}
wrong-restart-count: +0s web without status, +0s web restartCount 0, +5s web restartCount 1; the run ended at +5s
wrong-order: web.start: +1s; init.start: +0s; the run ended at +600s
asserts-nothing: then: asserts nothing
unknown-kind: kind: unknown "ballad"; known: timeline, function, sequence
unknown-subject: unknown subject "kubelet.getMood"
unknown-word-given: given: unknown podIsTired; known: containers, initContainers, podIsTerminal, restartPolicy, statuses
unknown-word-expected: then: unknown mood; known: phase
unknown-check: unknown check "podHappy"
unknown-qualifier: phase: unknown soonerThan; known: check, equals, notEquals, in, reason, within, throughout, at, after, before, whenever, observedBetween
unknown-entry-key: app.web: unknown sings; known: at, run, exec, http, tls, tcp, grpc, exit, up, onTerm, imagePull, writeFile, stdout
unknown-action: step: unknown tickle; known: id, at, atEvent, after, plus, delete, setImage, patchSpec, setCondition, stopSandbox, restartKubelet, observe
unknown-event: to: unknown event "web.smile"
unknown-field-of-the-pod: pod.spec.containers[0].livenesProbe: unknown field
wrong-phase: this id is already taken, by a case in wrong.yaml"
`);
  expect(printed).toContain(
    [
      '  FAILED wrong-phase',
      '    given:    {"restartPolicy":"Always","containers":["a"],"statuses":{"a":{"state":"running"}},"podIsTerminal":false,"call":"kubelet.getPhase"}',
      '    expected: {"phase":"Succeeded"}',
      '    received: {"phase":"Running"}',
    ].join('\n'),
  );
});

test('reports a directory without cases', async () => {
  expect((await conformance('specs/fidelity/conformance/subjects')).code).toBe(1);
});

/** Returns a line for each failure, with its id and the received value. */
function listReceived(printed: string): string {
  const failures = printed.matchAll(/FAILED (.*)\n(?:.*\n)*? {4}received: (.*)/g);
  return Array.from(failures, ([, id, received]) => `${id}: ${received}`).join('\n');
}
