import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runQuietly } from './processes.mjs';
import { ROOT } from './root.mjs';

const FOLDER = path.join(ROOT, 'src/runtime/docker/programs');
const NAMES = ['programs.c', 'dial.c', 'link.c', 'processes.c'];
const SOURCES = NAMES.map((name) => path.join(FOLDER, name));
const HEADER = path.join(FOLDER, 'syscalls.h');
const BINARIES = path.join(FOLDER, 'binaries.ts');
/** Another version makes other bytes. */
const ZIG_VERSION = '0.17.1';
const TARGETS = { x64: 'x86_64-linux-none', arm64: 'aarch64-linux-none' };
const FLAGS = [
  ...['-std=c11', '-Os', '-ffreestanding', '-nostdlib', '-static', '-fno-pic', '-fno-pie', '-fno-stack-protector'],
  ...['-fno-unwind-tables', '-fno-asynchronous-unwind-tables', '-Wall', '-Wextra', '-Werror'],
  // The largest page of either architecture.
  ...['-Wl,--build-id=none', '-Wl,-z,max-page-size=65536', '-Wl,-s'],
];

/** Returns `zig` from PATH, or the one that `pip install ziglang` installs. */
async function findZig() {
  for (const command of [['zig'], ['python3', '-m', 'ziglang']]) {
    const { code, output } = await runQuietly(command[0], [...command.slice(1), 'version'], process.env).catch(() => ({
      code: 1,
      output: '',
    }));
    if (code === 0 && output.trim() === ZIG_VERSION) return command;
  }
  throw new Error(`zig ${ZIG_VERSION} is not installed. Run: pip install ziglang==${ZIG_VERSION}`);
}

async function compile([zig, ...args], target, folder) {
  const file = path.join(folder, target);
  const all = [...args, 'cc', '-target', target, ...FLAGS, '-o', file, ...SOURCES];
  const { code, output } = await runQuietly(zig, all, process.env);
  if (code !== 0) throw new Error(output);
  return readFileSync(file);
}

const sha256 = (content) => createHash('sha256').update(content).digest('hex');

function written(programs) {
  const entries = Object.entries(programs).map(
    ([name, binary]) => `  ${name}: {
    sha256: '${sha256(binary)}',
    base64:
      '${binary.toString('base64')}',
  },`,
  );
  return `// Built from ${NAMES.join(', ')} by \`npm run helper\`, with zig ${ZIG_VERSION}. Do not edit.

/** SHA-256 of these and syscalls.h, one after the other, at that time. */
export const SOURCE_SHA256 = '${sha256(Buffer.concat([...SOURCES, HEADER].map((file) => readFileSync(file))))}';

export const BINARIES = {
${entries.join('\n')}
} as const;
`;
}

const isCheck = process.argv.includes('--check');
const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-helper-'));
try {
  const zig = await findZig();
  const programs = {};
  for (const [name, target] of Object.entries(TARGETS)) programs[name] = await compile(zig, target, folder);
  const content = written(programs);
  const isSame = readFileSync(BINARIES, { encoding: 'utf8', flag: 'a+' }) === content;
  if (!isCheck) writeFileSync(BINARIES, content);
  else if (!isSame) throw new Error('binaries.ts does not come from its sources. Run: npm run helper');
  console.log(isSame ? 'binaries.ts is up to date' : 'binaries.ts is written');
} finally {
  rmSync(folder, { recursive: true });
}
