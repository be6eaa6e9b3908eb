/** An option that may be repeated: what is given now, after what was given before. */
export function collect(given: string, before: readonly string[] = []): readonly string[] {
  return [...before, given];
}
