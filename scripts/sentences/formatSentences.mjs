/** Returns the sentences as a text to read: a heading for each source, a line for each sentence. */
export function formatSentences(sources) {
  return sources.map(({ file, sentences }) => `# ${file}\n${sentences.map(formatSentence).join('\n')}\n`).join('\n');
}

function formatSentence({ key, text }) {
  return key === '' ? text : `${key}: ${text}`;
}
