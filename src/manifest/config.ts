/** What a key of a ConfigMap or Secret holds: a text, or bytes that are none. */
export type Content = string | { readonly base64: string };

export type Entries = Readonly<Record<string, Content>>;

/** The ConfigMaps and Secrets in a pod's namespace, by name. */
export interface Config {
  readonly configMaps: Readonly<Record<string, Entries>>;
  readonly secrets: Readonly<Record<string, Entries>>;
}

export const NO_CONFIG: Config = { configMaps: {}, secrets: {} };

/** A ConfigMap of the API holds texts and bytes apart, and variables are made of its texts alone. */
export function textsOf(entries: Entries): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, one]) => (typeof one === 'string' ? [[key, one]] : [])),
  );
}

/** Bytes that are no text lose what is none. */
export function asText(content: Content): string {
  return typeof content === 'string' ? content : Buffer.from(content.base64, 'base64').toString('utf8');
}

/** One of them by its name; undefined where there is none. */
export function named<T>(all: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined;
}

// What is shorter stands in too many words that have nothing to do with it.
const SECRET_MIN = 4;
// A line of a longer text has to be longer to be known by.
const SECRET_LINE_MIN = 8;

/**
 * Takes out of a text what the Secrets hold, in plain text or in base64: an engine quotes the command it could not run,
 * and an app writes what it should not.
 */
export function hiderOf({ secrets }: Config): (text: string) => string {
  const contents = Object.values(secrets).flatMap((entries) => Object.values(entries));
  const forms = contents
    .flatMap(formsOf)
    .filter(({ length }) => length >= SECRET_MIN)
    .toSorted((a, b) => b.length - a.length);
  return (text) => forms.reduce((shown, form) => shown.replaceAll(form, '***'), text);
}

/** How a Secret may show: as it is, without the newline at its end, a line of it, in base64. */
function formsOf(content: Content): readonly string[] {
  if (typeof content !== 'string') return [content.base64];
  const lines = content.split('\n').filter(({ length }) => length >= SECRET_LINE_MIN);
  return [content, content.trim(), ...lines, Buffer.from(content).toString('base64')];
}
