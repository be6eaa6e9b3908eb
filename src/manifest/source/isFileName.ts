/** Returns whether the source of a manifest is a file, and not `<stdin>`, a text or the output of a tool. */
export function isFileName(source: string): boolean {
  return !/^<.*>$|^(helm template|kustomize build) /.test(source);
}
