import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FINDING_CODES } from '../../../src/lint/rules';
import { blocksOf, page } from '../pages';
import { run } from './run';
import type { Shown } from './shown';

const FINDINGS = 10;

/** The findings that docs/lint.md shows first, each in a manifest of its own. */
export const LINT: readonly Shown[] = [{ title: 'Ten lint findings', make: () => inFolder(lintAll) }];

function lintAll(folder: string): string {
  mkdirSync(path.join(folder, 'k8s'));
  const sections = page('docs/lint.md').text.split(/^## /m).slice(1);
  for (const code of FINDING_CODES.slice(0, FINDINGS)) {
    const section = sections.find((each) => each.startsWith(`\`${code}\``)) ?? '';
    writeFileSync(path.join(folder, 'k8s', `${code}.yaml`), `${blocksOf(section)[0]?.code}\n`);
  }
  return run(['lint', 'k8s'], { cwd: folder });
}

function inFolder(use: (folder: string) => string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-messages-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
