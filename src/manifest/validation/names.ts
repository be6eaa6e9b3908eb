import { isIP } from 'node:net';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const HEADER = '[-A-Za-z0-9]+';
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const ENV_VAR = '[-._a-zA-Z][-._a-zA-Z0-9]*';

const LABEL_ERROR =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const SUBDOMAIN_ERROR =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const NAME_ERROR =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const ENV_VAR_ERROR =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";

/**
 * Returns the problems of a name by one of Kubernetes' formats, or an empty list.
 *
 * Source: apimachinery pkg/util/validation/validation.go.
 */
export function isDNS1123Label(value: string): string[] {
  const errors = tooLong(value, 63);
  if (matches(LABEL, value)) return errors;
  return [
    ...errors,
    matches(SUBDOMAIN, value) ? 'must not contain dots' : regexError(LABEL_ERROR, LABEL, 'my-name', '123-abc'),
  ];
}

export function isDNS1123Subdomain(value: string): string[] {
  const errors = tooLong(value, 253);
  return matches(SUBDOMAIN, value) ? errors : [...errors, regexError(SUBDOMAIN_ERROR, SUBDOMAIN, 'example.com')];
}

/** Returns the problems of a label's key or a condition's type: `name` or `prefix/name`. */
export function isQualifiedName(value: string): string[] {
  const parts = value.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2) {
    const error = regexError(`a qualified name ${NAME_ERROR}`, NAME, 'MyName', 'my.name', '123-abc');
    return [`${error} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  return [...(parts.length === 2 ? prefixErrors(parts[0] ?? '') : []), ...nameErrors(name)];
}

export function isLabelValue(value: string): string[] {
  const errors = tooLong(value, 63);
  if (value === '' || matches(NAME, value)) return errors;
  return [
    ...errors,
    regexError(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      `(${NAME})?`,
      'MyValue',
      'my_value',
      '12345',
    ),
  ];
}

export function isPortName(value: string): string[] {
  return [
    ...tooLong(value, 15),
    ...when(!/^[-a-z0-9]+$/.test(value), 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'),
    ...when(!/[a-z]/.test(value), 'must contain at least one letter (a-z)'),
    ...when(value.includes('--'), 'must not contain consecutive hyphens'),
    ...when(/^-|-$/.test(value), 'must not begin or end with a hyphen'),
  ];
}

export function isHTTPHeaderName(value: string): string[] {
  if (matches(HEADER, value)) return [];
  return [regexError("a valid HTTP header must consist of alphanumeric characters or '-'", HEADER, 'X-Header-Name')];
}

export function isEnvVarName(value: string): string[] {
  return [
    ...when(!matches(ENV_VAR, value), regexError(ENV_VAR_ERROR, ENV_VAR, 'my.env-name', 'MY_ENV.NAME', 'MyEnvName1')),
    ...when(value === '.', "must not be '.'"),
    ...(value === '..' ? ["must not be '..'"] : when(value.startsWith('..'), "must not start with '..'")),
  ];
}

/** Returns the problems of a variable's name since Kubernetes 1.32. */
export function isRelaxedEnvVarName(value: string): string[] {
  return when(
    !/^[ -<>-~]*$/.test(value),
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  );
}

/** Returns the problems of a key of a ConfigMap or a Secret. */
export function isConfigMapKey(value: string): string[] {
  const error = regexError(
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
    CONFIG_KEY,
    'key.name',
    'KEY_NAME',
    'key-name',
  );
  return [
    ...tooLong(value, 253),
    ...when(!matches(CONFIG_KEY, value), error),
    ...when(value === '.', "must not be '.'"),
    ...(value === '..' ? ["must not be '..'"] : when(value.startsWith('..'), "must not start with '..'")),
  ];
}

/**
 * Returns the problems of an address by the format of old fields: numbers may begin with zeros.
 *
 * Source: apimachinery validation/ip.go `IsValidIPForLegacyField`; netutils `ParseIPSloppy`.
 */
export function isLegacyIP(value: string): string[] {
  const isSloppy = /^\d{1,3}(\.\d{1,3}){3}$/.test(value) && value.split('.').every((part) => Number(part) <= 255);
  // Go knows no zones here.
  const isStrict = isIP(value) !== 0 && !value.includes('%');
  return when(!isSloppy && !isStrict, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)');
}

export function isInRange(value: number, least: number, most: number): string[] {
  return when(!(value >= least && value <= most), `must be between ${least} and ${most}, inclusive`);
}

export function isPortNumber(value: number): string[] {
  return isInRange(value, 1, 65535);
}

function prefixErrors(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return isDNS1123Subdomain(prefix).map((error) => `prefix part ${error}`);
}

function nameErrors(name: string): string[] {
  return [
    ...(name === '' ? ['name part must be non-empty'] : tooLong(name, 63).map((error) => `name part ${error}`)),
    ...when(!matches(NAME, name), regexError(`name part ${NAME_ERROR}`, NAME, 'MyName', 'my.name', '123-abc')),
  ];
}

function tooLong(value: string, most: number): string[] {
  return when(value.length > most, `must be no more than ${most} characters`);
}

/** Kubernetes writes two spaces before `or`. */
function regexError(message: string, format: string, ...examples: readonly string[]): string {
  return `${message} (e.g. ${examples.map((example) => `'${example}', `).join(' or ')}regex used for validation is '${format}')`;
}

function matches(format: string, value: string): boolean {
  return new RegExp(`^${format}$`).test(value);
}

function when(wrong: boolean, message: string): string[] {
  return wrong ? [message] : [];
}
