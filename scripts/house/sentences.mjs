import { ts } from '../typescript.mjs';
import { nodesOf } from './sources.mjs';

/** The figure of each folder that finds facts. `src/wording` puts them into words. */
const FOLDERS = {
  sentencesInAssertions: 'src/assertions/',
  sentencesInTimeline: 'src/timeline/',
  sentencesInTiming: 'src/timing/',
  sentencesInGate: 'src/gate/',
  sentencesInMatchers: 'matchers/',
};
/** Words of the layout of a format stay in it. */
const LAYOUTS = 'src/gate/formats/';
const LEAST_WORDS = 3;
const WORD = /[A-Za-z]{2,}/g;

/** Returns how many strings and templates of three or more words each of the folders has. */
export function countSentenceLiterals(sources) {
  const counts = Object.entries(FOLDERS).map(([figure, folder]) => {
    const own = sources.filter(({ file }) => file.startsWith(folder) && !file.startsWith(LAYOUTS));
    return [figure, own.reduce((sum, { tree }) => sum + nodesOf(tree).filter(isSentence).length, 0)];
  });
  return Object.fromEntries(counts);
}

function isSentence(node) {
  const text = textOf(node) ?? '';
  return text.includes(' ') && (text.match(WORD) ?? []).length >= LEAST_WORDS;
}

function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join('…');
}
