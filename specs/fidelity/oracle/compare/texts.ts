/** Replacements for parts of a text that differ between runs. */
const RANDOM: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'UID'],
  [/\b[0-9a-f]{64}\b/g, 'ID'],
  [/\b\d+\.\d+\.\d+\.\d+:\d{5}->/g, 'IP:PORT->'],
  [/\b(?!127\.0\.0\.1\b)\d+\.\d+\.\d+\.\d+\b/g, 'IP'],
  // The server closes the connection immediately, so it depends on a race which of the three texts appears.
  [/read tcp IP:PORT->IP:\d+: read: connection reset by peer|http: server closed idle connection/, 'EOF'],
  // Which of many similar events are stored by their own text follows from how many there were.
  [/^\(combined from similar events\): /, ''],
];

/** Returns a text without uids, ids, addresses and other random parts. */
export function plainText(text: string): string {
  return RANDOM.reduce((plain, [pattern, name]) => plain.replace(pattern, name), text);
}

/** Texts of the container engine after those of the kubelet. They differ between engines. */
const ENGINE_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/(Warning \| Failed \| [^|]* \| Error: )(?!Err|Image|Invalid|configmap|secret|container has|couldn't)[^|]*/, '$1…'],
  [/(Failed to pull image "[^"]*": )[^|]*/, '$1…'],
  [/((?:probe errored and resulted in \w+ state|probe errored): )[^|]*/, '$1…'],
  [
    /((?:waiting \| RunContainerError|waiting \| ErrImagePull|waiting \| CreateContainerError) \| )[^|]*?(?= \/ |$)/s,
    '$1…',
  ],
  [/(Back-off pulling image "[^"]*": ErrImagePull: )[^|]*/, '$1…'],
  [/(terminated \| 128 \| StartError) \| .*?(?= \/ |$)/gs, '$1'],
];

/** Returns a text without the words of the container engine at its end. */
export function kubeletText(text: string): string {
  return ENGINE_TEXTS.reduce((own, [pattern, rest]) => own.replace(pattern, rest), text);
}
