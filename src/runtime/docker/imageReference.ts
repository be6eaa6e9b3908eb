const COMPONENT = /[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*/.source;
const DOMAIN_COMPONENT = /(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])/.source;
const DOMAIN = `(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const TAG = /[\w][\w.-]{0,127}/.source;
const DIGEST = /[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}/.source;
const REFERENCE = new RegExp(`^(?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*(?::${TAG})?(?:@${DIGEST})?$`);

/**
 * What is wrong with an image's name, in the words of the kubelet's `InvalidImageName`; undefined when nothing is.
 *
 * Source: kuberuntime images/image_manager.go `applyDefaultImageTag`; github.com/distribution/reference regexp.go.
 */
export function faultOf(image: string): string | undefined {
  if (REFERENCE.test(image)) return undefined;
  const rule = REFERENCE.test(image.toLowerCase()) ? ': repository name must be lowercase' : '';
  return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format${rule}`;
}
