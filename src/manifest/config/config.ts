/** Value of a key of a ConfigMap or Secret: a text or other bytes. */
export type Content = string | { readonly base64: string };

export type Entries = Readonly<Record<string, Content>>;

export type ConfigKind = 'ConfigMap' | 'Secret';

/** The ConfigMaps and Secrets in a pod's namespace, by name. */
export interface Config {
  readonly configMaps: Readonly<Record<string, Entries>>;
  readonly secrets: Readonly<Record<string, Entries>>;
}

export const NO_CONFIG: Config = { configMaps: {}, secrets: {} };

/** Returns the texts alone, which variables are made of: a ConfigMap of the API keeps texts and bytes apart. */
export function textsOf(entries: Entries): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, one]) => (typeof one === 'string' ? [[key, one]] : [])),
  );
}

/** Returns the content as text. Bytes that are not valid UTF-8 are replaced. */
export function asText(content: Content): string {
  return typeof content === 'string' ? content : Buffer.from(content.base64, 'base64').toString('utf8');
}

/** Returns the item of that name, or undefined if there is no such item. */
export function findNamed<T>(all: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined;
}
