import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { GateResult, TargetReport } from '../../src/gate/gateResult';
import { removePods } from '../../src/pod/shared/registry';
import { BASES, type Case, FAULTS } from '../gate/faults/faults';
import { putToGate } from '../gate/faults/putToGate';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';

// `npm test` plants a few faults. `npm run gate:faults` plants all of them, or those whose name contains its argument.
const PLANTED = process.env.__JEST_KUBELET_GATE_FAULTS;
const SHORT = ['it drops requests when it is deleted', 'its preStop fails', 'its livenessProbe depends on a service'];

const PUT =
  PLANTED === undefined
    ? FAULTS.filter(({ name }) => SHORT.includes(name))
    : [...BASES, ...FAULTS].filter(({ name }) => name.includes(PLANTED));
/** Runs in parallel, because they mostly wait for the probes of the manifest. */
const AT_ONCE = 2;
const WITHIN_MS = realLimit(600_000);

describeOnEngine('the gate', () => {
  const verdicts = new Map<Case, GateResult>();
  afterAll(() => removePods('file'));

  test(
    'detects each planted fault with the expected check, and reports nothing else',
    async () => {
      const waiting = [...PUT];
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let next = waiting.shift(); next; next = waiting.shift()) verdicts.set(next, await putToGate(next));
        }),
      );
      if (PLANTED === '') writeTable(verdicts);
      expect(PUT.map((put) => [put.name, summarize(verdicts.get(put))])).toEqual(
        PUT.map(({ name, caughtBy }) => [
          name,
          expect.objectContaining({ caughtBy, outcome: caughtBy.length > 0 ? 'failed' : 'passed' }),
        ]),
      );
    },
    WITHIN_MS,
  );
});

/**
 * Returns the failed checks with their sentences, or why a run has no result. Jest repeats the file alone if the
 * machine was overloaded.
 */
function summarize(verdict: GateResult | undefined) {
  const checks = verdict?.checks ?? [];
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const answers = failed.flatMap(({ answers: own }) => own.filter(({ outcome }) => outcome === 'failed'));
  const broken = checks
    .flatMap(({ answers: own }) => own.filter(({ outcome }) => outcome === 'notRun'))
    .filter(({ sentence }) => sentence.includes('the run was aborted'));
  const { outcome } = verdict ?? {};
  return {
    outcome,
    caughtBy: failed.map(({ check }) => check),
    says: [...answers, ...broken].map(({ sentence }) => sentence),
    answers,
  };
}

const PAGE = path.join(__dirname, '../../docs/gate.md');
const BEGIN = '<!-- written by npm run gate:faults -->';
const END = '<!-- end -->';

function writeTable(verdicts: ReadonlyMap<Case, GateResult>): void {
  const rows = FAULTS.flatMap((fault) => {
    const { caughtBy, answers } = summarize(verdicts.get(fault));
    const told = answers.at(-1);
    return `| ${fault.name} | ${caughtBy.map((check) => `\`${check}\``).join(', ') || '**nothing**'} | ${told ? cell(told) : ''} |`;
  });
  const table = ['| planted | caught by | what the gate says |', '| --- | --- | --- |', ...rows].join('\n');
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest = ''] = page.split(BEGIN);
  const after = rest.slice(rest.indexOf(END) + END.length);
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${table}\n\n${END}${after}`);
}

function cell({ sentence, patch }: TargetReport): string {
  const yaml = patch?.yaml.trim().split(/\n\s*/).slice(1).join(' ');
  const sentences = patch ? [sentence, `Patch: \`${yaml}\``, patch.sum] : [sentence];
  const text = sentences
    .map((one) => `${one.replace(/\.$/, '')}.`)
    .join(' ')
    .replaceAll(/\b\d+(\.\d+){3}\b/g, 'POD_IP')
    .replaceAll(/pid \d+/g, 'pid N');
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
