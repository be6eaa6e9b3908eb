import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runQuietly } from '../../../scripts/processes.mjs';
import { ROOT } from '../../../scripts/root.mjs';
import { json, MANIFEST, PROJECTS } from './projects.mjs';

// Packs the package, uses it in separate projects, and prints a line for each: `ok`, or the error. Arguments select
// projects by a part of their names, and --short runs a few that link the installed dependencies instead of installing
// them with npm.

const isShort = process.argv.includes('--short');
const AT_ONCE = 2;
const QUIET = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
/** The packages that each test framework needs. */
const ALONG = ['@jest/globals', 'expect', 'vite'];

/** A project with the tarball installed, by test framework. */
const bases = new Map();

const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-install-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const caches = path.join(folder, 'caches');

mkdirSync(caches);
const tarball = await pack();
const named = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const isAsked = ({ name, short }) =>
  isShort ? short : named.length === 0 || named.some((each) => name.includes(each));
const left = PROJECTS.filter(isAsked);
await Promise.all(Array.from({ length: isShort ? 1 : AT_ONCE }, work));

async function work() {
  for (let project = left.shift(); project; project = left.shift()) {
    const began = performance.now();
    const wrong = await tryProject(project);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(wrong === undefined ? `ok      ${project.name} (${seconds}s)` : `failed  ${project.name}\n${wrong}`);
    if (wrong !== undefined) process.exitCode = 1;
  }
}

/** Returns the error of a project, or undefined. */
async function tryProject(project) {
  const dir = mkdtempSync(path.join(folder, 'project-'));
  const { name: _, type = 'commonjs', dependencies, files, first, command, env = {} } = project;
  writeFileSync(path.join(dir, 'package.json'), json({ name: 'project', private: true, type }));
  writeFileSync(path.join(dir, 'pod.yaml'), MANIFEST);
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(dir, file), text);
  const install = () => (isShort ? link : installInto)(dir, dependencies);
  for (const step of [install, () => first && run(dir, first), () => run(dir, command, env)]) {
    const done = await step();
    if (done && done.code !== 0) return done.output;
  }
  rmSync(dir, { recursive: true, force: true });
}

/** Installs the common packages of projects only once, and the others in a copy of that folder. */
async function installInto(dir, [framework, ...more]) {
  if (!bases.has(framework)) bases.set(framework, base(framework));
  const { from, ...done } = await bases.get(framework);
  if (done.code !== 0) return done;
  copyByLinks(path.join(from, 'node_modules'), path.join(dir, 'node_modules'));
  cpSync(path.join(from, 'package-lock.json'), path.join(dir, 'package-lock.json'));
  const { dependencies } = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8'));
  const own = path.join(dir, 'package.json');
  writeFileSync(own, json({ ...JSON.parse(readFileSync(own, 'utf8')), dependencies }));
  return more.length > 0 ? npm(['install', ...QUIET, ...more], dir) : done;
}

async function base(framework) {
  const from = mkdtempSync(path.join(folder, 'base-'));
  writeFileSync(path.join(from, 'package.json'), json({ name: 'project', private: true }));
  return { from, ...(await npm(['install', ...QUIET, tarball, framework], from)) };
}

/** Copies a folder by hard links. npm replaces files and never writes into one, so the copies stay separate. */
function copyByLinks(from, to) {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, place] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyByLinks(source, place);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), place);
    else linkSync(source, place);
  }
}

/** Runs a program that a dependency installed in `.bin`. */
function run(dir, [program, ...args], more = {}) {
  return runQuietly(path.join(dir, 'node_modules/.bin', program), args, { ...environment(), ...more }, dir);
}

function npm(args, dir) {
  return runQuietly('npm', args, environment(), dir);
}

/**
 * Returns the environment without the variables of npm and Jest, and with a cache folder that is removed at the end.
 */
function environment() {
  const env = Object.entries(process.env).filter(([name]) => !/^(npm_|JEST_WORKER_ID$|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(env), CI: '1', NO_COLOR: '1', TMPDIR: caches };
}

async function pack() {
  const { code, output } = await npm(['pack', '--ignore-scripts', '--pack-destination', folder], ROOT);
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || file === undefined) throw new Error(output);
  return path.join(folder, file);
}

/** Links the content of the tarball, its declared dependencies and those of the project. No other package resolves. */
async function link(dir, dependencies) {
  const modules = path.join(dir, 'node_modules');
  const own = path.join(modules, 'jest-kubelet');
  mkdirSync(path.join(modules, '.bin'), { recursive: true });
  const extracted = await runQuietly('tar', ['-xzf', tarball, '-C', dir], process.env, dir);
  if (extracted.code !== 0) return extracted;
  cpSync(path.join(dir, 'package'), own, { recursive: true });
  const declared = Object.keys(JSON.parse(readFileSync(path.join(own, 'package.json'), 'utf8')).dependencies);
  for (const name of [...declared, ...dependencies.map((each) => each.replace(/(?<=.)@.*$/, '')), ...ALONG]) {
    const place = path.join(modules, name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules', name), place);
  }
  for (const program of ['jest', 'vitest'])
    symlinkSync(path.join(ROOT, 'node_modules/.bin', program), path.join(modules, '.bin', program));
  return { code: 0, output: '' };
}
