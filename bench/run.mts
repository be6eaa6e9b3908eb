import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, styleText } from 'node:util';
import { BareEngine } from './bareEngine.mts';
import { describe, type Machine, thisMachine } from './machine.mts';
import { httpdPod, readyPod } from './pods.mts';
import { ROOT } from './root.mts';
import type { Bench, Missing, Row } from './row.mts';
import { conformance } from './rows/conformance.mts';
import { crashLoop } from './rows/crashLoop.mts';
import { deletion } from './rows/deletion.mts';
import { gate } from './rows/gate.mts';
import { lateness } from './rows/lateness.mts';
import { masking } from './rows/masking.mts';
import { ready } from './rows/ready.mts';
import { restart } from './rows/restart.mts';
import { simulation } from './rows/simulation.mts';
import { startUp } from './rows/startUp.mts';
import { together } from './rows/together.mts';
import { toMarkdown, toText } from './table.mts';

const BENCHES: readonly Bench[] = [
  ready,
  restart,
  crashLoop,
  deletion,
  lateness,
  simulation,
  masking,
  together,
  startUp,
  gate,
  conformance,
];
const RESULTS = path.join(ROOT, 'bench/results.json');
const PAGE = path.join(ROOT, 'docs/performance.md');
/** The marks in the page between which this command writes. */
const MARKS = ['<!-- measured -->', '<!-- end of what is measured -->'] as const;
const SEEN_AFTER_MS = 1_000;
const USAGE = `npm run bench -- [--only NAME]… [--runs N] [--write-docs]

  --only        one of ${BENCHES.map(({ name }) => name).join(', ')}. It writes no files
  --runs        number of runs of each measurement (default: 5)
  --write-docs  also write the table to docs/performance.md`;

interface Results {
  readonly takenAt: string;
  readonly tookS: number;
  readonly machine: Machine;
  readonly runs: number;
  readonly rows: readonly (Row | Missing)[];
}

// Its reaper would be pulled and started during a measurement.
process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '5' },
    'write-docs': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const chosen = BENCHES.filter(({ name }) => values.only.length === 0 || values.only.includes(name));
const isAll = chosen.length === BENCHES.length;
const isUsable =
  Number.isInteger(runs) &&
  runs > 0 &&
  chosen.length >= Math.max(1, values.only.length) &&
  (isAll || !values['write-docs']);

if (values.help) console.log(USAGE);
else if (isUsable) await measureAll();
else {
  console.error(USAGE);
  process.exitCode = 2;
}

async function measureAll(): Promise<void> {
  const engine = await BareEngine.find();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void stop(engine));
  }
  const from = performance.now();
  const machine = await thisMachine(engine);
  say(describe(machine));
  if (!machine.isQuiet) say(styleText('yellow', 'This machine is busy, so the figures are too high.'));
  const rows: (Row | Missing)[] = [];
  try {
    // Starts the agent, and builds the image of our sandboxes on the engine.
    await (await readyPod(httpdPod)).remove();
    for (const { name, measure } of chosen) {
      say(styleText('bold', name));
      const measured = await measure({ runs, say: (text) => say(styleText('dim', `  ${text}`)) }).catch(
        notMeasured(name),
      );
      rows.push(...measured);
    }
  } finally {
    await engine.sweep();
  }
  const tookS = Math.round((performance.now() - from) / 1_000);
  console.log(`\n${toText(rows).replaceAll('**', '')}\n\n${tookS}s in total`);
  const results = { takenAt: new Date().toISOString(), tookS, machine, runs, rows };
  if (isAll) writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  if (values['write-docs']) writePage(results);
}

/** Stops the engine. Another library may still be starting a container, which is not listed immediately. */
async function stop(engine: BareEngine): Promise<void> {
  await engine.sweep().catch(() => {});
  await sleep(SEEN_AFTER_MS);
  await engine.sweep().catch(() => {});
  process.exit(1);
}

/** Returns a row without a figure, so that a failed benchmark does not stop the others. */
function notMeasured(name: string) {
  return (error: unknown): readonly Missing[] => {
    process.exitCode = 1;
    return [{ figure: name, missing: `not measured: ${error instanceof Error ? error.message : String(error)}` }];
  };
}

function writePage({ takenAt, tookS, machine, rows, runs: times }: Results): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, after] = [page.split(MARKS[0])[0], page.split(MARKS[1])[1]];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} does not have ${MARKS.join(' and ')}`);
  const told = [
    `Measured on ${takenAt.slice(0, 10)} with \`--runs ${times}\` in ${tookS}s.`,
    `Machine: ${describe(machine)}.`,
    ...(machine.isQuiet ? [] : ['**The machine was busy with other work, so these figures are too high.**']),
    toMarkdown(rows),
  ];
  writeFileSync(PAGE, `${before}${MARKS[0]}\n\n${told.join('\n\n')}\n\n${MARKS[1]}${after}`);
}

function say(text: string): void {
  console.error(text);
}
