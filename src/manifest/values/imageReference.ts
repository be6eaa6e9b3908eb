const LENGTH_MAX = 1000;
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const DOMAIN =
  '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?';
const REFERENCE = new RegExp(
  `^(?:(?:${DOMAIN}|\\[[a-fA-F0-9:]+\\](?::[0-9]+)?)/)?${COMPONENT}(?:/${COMPONENT})*(?::([\\w][\\w.-]{0,127}))?(@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
);

/**
 * Returns whether a text is an image's name, with or without a registry, a tag or a digest.
 *
 * Source: the grammar of github.com/distribution/reference.
 */
function isImageReference(text: string): boolean {
  return matchOf(text) !== null;
}

const ID = /^[a-f0-9]{64}$/;
const DOCKER_HUB = 'docker.io';
const OFFICIAL = 'library';

/**
 * Returns why a text is not an image's name, in the words of the kubelet's parser; undefined if it is one. Older
 * parsers do not name the repository that has upper-case letters.
 *
 * Source: github.com/distribution/reference `ParseNormalizedNamed`, `splitDockerDomain`, `Parse`.
 */
export function imageNameError(image: string, { namesRepository = true } = {}): string | undefined {
  if (ID.test(image)) return `invalid repository name (${image}), cannot specify 64-byte hexadecimal strings`;
  const { domain, remainder } = splitDomain(image);
  const [remote = ''] = remainder.split(':');
  if (remote.toLowerCase() !== remote) {
    return `invalid reference format: repository name ${namesRepository ? `(${remote}) ` : ''}must be lowercase`;
  }
  const reference = `${domain}/${remainder}`;
  if (isImageReference(reference)) return undefined;
  return isImageReference(reference.toLowerCase()) ? 'repository name must be lowercase' : 'invalid reference format';
}

function splitDomain(image: string): { readonly domain: string; readonly remainder: string } {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  if (slash < 0) return { domain: DOCKER_HUB, remainder: `${OFFICIAL}/${image}` };
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
  if (!isDomain) return { domain: DOCKER_HUB, remainder: image };
  const remainder = image.slice(slash + 1);
  const isHub = first === DOCKER_HUB || first === 'index.docker.io';
  if (!isHub) return { domain: first, remainder };
  return { domain: DOCKER_HUB, remainder: remainder.includes('/') ? remainder : `${OFFICIAL}/${remainder}` };
}

/**
 * Returns the default pull policy of an image: `Always` for the tag `latest`, also if it has neither tag nor digest. A
 * text that is not an image reference counts as tagged.
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
