const LENGTH_MAX = 1000;
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const DOMAIN =
  '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?';
const REFERENCE = new RegExp(
  `^(?:(?:${DOMAIN}|\\[[a-fA-F0-9:]+\\](?::[0-9]+)?)/)?${COMPONENT}(?:/${COMPONENT})*(?::([\\w][\\w.-]{0,127}))?(@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
);

/**
 * Whether a text is an image's name, with or without a registry, a tag or a digest.
 *
 * Source: the grammar of github.com/distribution/reference.
 */
export function isImageReference(text: string): boolean {
  return matchOf(text) !== null;
}

/**
 * The pull policy of an image that the manifest gives none: `Always` for the tag `latest`, which is also meant where
 * there is neither tag nor digest. What is no image reference counts as tagged.
 *
 * Source: defaults.go `SetDefaults_Container`; pkg/util/parsers/parsers.go `ParseImageName`; the grammar of
 * github.com/distribution/reference.
 */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const match = matchOf(image);
  if (!match) return 'IfNotPresent';
  const [, tag, digest] = match;
  return (tag ?? (digest ? '' : 'latest')) === 'latest' ? 'Always' : 'IfNotPresent';
}

function matchOf(text: string): RegExpExecArray | null {
  return text.length > LENGTH_MAX ? null : REFERENCE.exec(text);
}
