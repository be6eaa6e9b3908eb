import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { blocksIn, page } from '../../docs/pages';

const ROOT = path.join(__dirname, '../../..');
const JEST = path.join(ROOT, 'node_modules/jest/bin/jest.js');

/** The part of Jest's `--json` output that specs read. */
export interface JestOutput {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    /** All failures, as Jest prints them. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

export interface Run {
  readonly code: number;
  readonly stderr: string;
  readonly told: JestOutput;
  /** The status of each test, by its full name. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Returns the failures of the test with this name, one below the other. */
  failureOf(name: string): string;
}

// Jest writes no results for a run that --bail ends.
const NOTHING: JestOutput = { testResults: [] };

/** A project in a temporary folder with the built package and Jest installed. */
export class Project implements Disposable {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-spec-'));
  /** Additional environment variables for Jest. */
  env: Readonly<Record<string, string>> = {};

  /** Creates the project. `config` is the configuration of Jest, as an object or as the text of its file. */
  constructor(files: Readonly<Record<string, string>>, config: object | string = {}) {
    this.link('jest-kubelet', ROOT);
    const settings = { setupFilesAfterEnv: ['jest-kubelet/register'], transform: {}, ...Object(config) };
    const isText = typeof config === 'string';
    this.write('package.json', JSON.stringify({ name: 'project', ...(!isText && { jest: settings }) }));
    if (isText) this.write('jest.config.js', config);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    writeFileSync(path.join(this.dir, name), text);
  }

  read(name: string): string {
    return readFileSync(path.join(this.dir, name), 'utf8');
  }

  /** Makes a package resolve from the project. */
  link(name: string, to = path.join(ROOT, 'node_modules', name)): void {
    const place = path.join(this.dir, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(to, place);
  }

  /** Creates another copy of the package with this name. */
  copy(name: string): void {
    const place = path.join(this.dir, 'node_modules', name);
    cpSync(path.join(ROOT, 'dist'), path.join(place, 'dist'), { recursive: true });
    const { dependencies, ...manifest } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    writeFileSync(path.join(place, 'package.json'), JSON.stringify({ ...manifest, name }));
    for (const each of ['@jest/globals', ...Object.keys(dependencies)]) this.link(each);
  }

  /** Runs Jest and waits until it exits. */
  jest(...args: readonly string[]): Promise<Run> {
    return new Promise((resolve, reject) => {
      const options = { ...this.#settings(), maxBuffer: 1 << 26 };
      execFile(process.execPath, this.#command('--json', ...args), options, (error, stdout, stderr) => {
        const code = Number(error?.code ?? 0);
        // Jest did not run, so this is not a result of the tests.
        if (error && code !== 1) return reject(error);
        resolve(told(stdout ? (JSON.parse(stdout) as JestOutput) : NOTHING, code, stripVTControlCharacters(stderr)));
      });
    });
  }

  /** Starts Jest, which prints to stderr. */
  start(...args: readonly string[]): ChildProcessByStdio<null, null, Readable> {
    return this.#spawn(args);
  }

  /** Starts Jest in its own process group, like a terminal, where Ctrl-C signals the whole group. */
  startInGroup(...args: readonly string[]): ChildProcessByStdio<null, null, Readable> {
    return this.#spawn(args, { detached: true });
  }

  #spawn(args: readonly string[], more: { readonly detached?: boolean } = {}) {
    return spawn(process.execPath, this.#command(...args), {
      ...this.#settings(),
      ...more,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  #command(...args: readonly string[]): string[] {
    return [JEST, '--cacheDirectory', path.join(this.dir, 'cache'), ...args];
  }

  #settings() {
    const { JEST_WORKER_ID: _, ...env } = process.env;
    return { cwd: this.dir, env: { ...env, CI: '1', FORCE_COLOR: '0', ...this.env } };
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function told(result: JestOutput, code: number, stderr: string): Run {
  const tests = result.testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    code,
    stderr,
    told: result,
    statuses: Object.fromEntries(tests.map(({ fullName, status }) => [fullName, status])),
    failureOf: (name) => {
      const failures = tests.filter(({ fullName }) => fullName === name).flatMap((test) => test.failureMessages);
      return stripVTControlCharacters(failures.join('\n'));
    },
  };
}

/** Returns the blocks of a page in one language, as separate files. */
export function blocksOf(name: string, language: string): readonly string[] {
  return blocksIn(page(`docs/${name}`), language).map((block) => `${block}\n`);
}

/** A module of the project that creates pods without containers. */
export const PODS = `
const { simulatePod } = require('jest-kubelet');
const container = { name: 'web', image: 'web:1' };
const spec = { containers: [container] };
exports.simulated = () => simulatePod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec });
// A pod for which no time passes.
exports.stuck = () => {
  const POD_RUN = Symbol.for('jest-kubelet.podRun');
  const { pod, timeline } = exports.simulated()[POD_RUN];
  return { [POD_RUN]: { pod, timeline, ended: false, broken: undefined, progress: () => new Promise(() => {}) } };
};
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
exports.note = (what) => appendFileSync(join(__dirname, 'notes'), what + '\\n');
// A pod that says when it is removed.
exports.registered = (name) => {
  const { pods, scope } = globalThis[Symbol.for('jest-kubelet')];
  pods.add({ scope, remove: () => exports.note('removed ' + name) });
};
`;
