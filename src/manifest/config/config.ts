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
