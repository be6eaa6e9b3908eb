import { readSources } from '../house/sources.mjs';
import { sentencesOf } from './sentencesOf.mjs';

/** Returns the sentences of each source that has some. */
export function readSentences() {
  return readSources()
    .map(({ file, tree }) => ({ file, sentences: sentencesOf({ file, tree }) }))
    .filter(({ sentences }) => sentences.length > 0);
}
