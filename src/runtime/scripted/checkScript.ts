import { inspect } from 'node:util';
import type { Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import { nearest } from '../../manifest/schema/advise';
import { durationMs } from './processBehavior';
import type { AppScript, OnTerm, ScriptEntry } from './script';

type ScriptChecks<T> = { readonly [Name in keyof Required<T>]: ScriptCheck };
/** Throws if a value is invalid. */
type ScriptCheck = (where: string, value: unknown) => void;

const any: ScriptCheck = () => {};
const duration: ScriptCheck = (where, value) => {
  if (typeof value !== 'string') throw wrong(where, "a duration such as '10s'", value);
  try {
    durationMs(value);
  } catch {
    throw wrong(where, "a duration such as '10s'", value);
  }
};
const foreverOrDuration: ScriptCheck = (where, value) => value === 'forever' || duration(where, value);
const exitCode: ScriptCheck = (where, value) => {
  if (!Number.isInteger(value) || Number(value) < 0 || Number(value) > 255)
    throw wrong(where, 'an exit code from 0 to 255', value);
};
const status: ScriptCheck = (where, value) => {
  if (!Number.isInteger(value)) throw wrong(where, 'a status such as 200', value);
};

const numberOr =
  (number: ScriptCheck, keys: Readonly<Record<string, ScriptCheck>>): ScriptCheck =>
  (where, value) =>
    typeof value === 'number' ? number(where, value) : mapping(where, value, keys);
const each =
  (check: ScriptCheck): ScriptCheck =>
  (where, value) => {
    for (const [name, one] of Object.entries(object(where, value))) check(`${where}[${inspect(name)}]`, one);
  };

const EXEC = each(
  numberOr(exitCode, {
    code: exitCode,
    takes: foreverOrDuration,
    startDelay: duration,
    stdout: any,
    stderr: any,
    missing: any,
  }),
);
const ANSWER = numberOr(status, { status, location: any, body: any, takes: foreverOrDuration });
const HTTP = each(each(ANSWER));
const ON_TERM: ScriptChecks<OnTerm> = { exitAfter: duration, code: exitCode, ignore: any, exec: EXEC, http: HTTP };
const ENTRY: ScriptChecks<ScriptEntry> = {
  at: duration,
  run: any,
  startLag: duration,
  exec: EXEC,
  http: HTTP,
  tls: any,
  tcp: each(any),
  grpc: each(each(any)),
  exit: exitCode,
  oomKill: (where, value) => {
    if (value !== 'main' && value !== 'child') throw wrong(where, "'main' or 'child'", value);
  },
  up: any,
  onTerm: (where, value) => mapping(where, value, ON_TERM),
  imagePull: any,
  imageUser: any,
  missing: any,
  writeFile: each(any),
  stdout: any,
};

/**
 * Rejects an invalid script before the pod runs.
 *
 * @throws TypeError with the place of the error.
 */
export function checkScript(script: AppScript, pod: Pod): void {
  const names = containersOf(pod.spec).map(({ name }) => name);
  for (const [name, entries] of Object.entries(object('script', script))) {
    if (!names.includes(name)) {
      throw new TypeError(
        `script.${name}: pod ${pod.metadata.name} has no container "${name}". Its containers: ${names.join(', ')}`,
      );
    }
    if (!Array.isArray(entries)) throw wrong(`script.${name}`, "a list of entries such as [{ at: '0s' }]", entries);
    for (const [index, entry] of entries.entries()) {
      const where = `script.${name}[${index}]`;
      mapping(where, entry, ENTRY);
      if ((entry as ScriptEntry).at === undefined) throw wrong(`${where}.at`, "a duration such as '10s'", undefined);
    }
  }
}

function mapping(where: string, value: unknown, keys: Readonly<Record<string, ScriptCheck>>): void {
  for (const [name, one] of Object.entries(object(where, value))) {
    const check = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!check) throw unknownKey(where, name, Object.keys(keys));
    if (one !== undefined) check(`${where}.${name}`, one);
  }
}

function object(where: string, value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw wrong(where, 'an object', value);
}

function unknownKey(where: string, name: string, known: readonly string[]): TypeError {
  const near = nearest(name, known);
  const fix = near ? `Did you mean ${JSON.stringify(near)}?` : `Valid keys: ${known.join(', ')}`;
  return new TypeError(`${where}: unknown key ${JSON.stringify(name)}. ${fix}`);
}

function wrong(where: string, rule: string, value: unknown): TypeError {
  return new TypeError(`${where} must be ${rule}, received ${inspect(value)}`);
}
