import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../root.mjs';
import { findHits } from './rules.mjs';

const LONGEST = 60;

/** Areas besides the folders of `src`. The last five are only in the history. */
const AREAS = 'matchers docs specs bench examples scripts release ci house conformance services init voice'.split(' ');

const isArea = (name) =>
  AREAS.includes(name) ||
  readdirSync(path.join(ROOT, 'src'), { withFileTypes: true }).some(
    (entry) => entry.isDirectory() && entry.name === name,
  );

/** A verb in another form than the imperative. "pass" and "focus" are imperatives. */
const BENT = /^(?!(bring|embed|exceed|feed|need|speed|shed|string)$)\w+(ed|ing|[^su]s)$/;

/** Returns what is wrong with the subject of a commit, which reads `area: imperative summary`. */
export function checkSubject(subject) {
  const [, area, summary] = subject.match(/^([^\s:]+): (.+)$/) ?? [];
  if (!area) return [`write "area: imperative summary"`];
  const [verb] = summary.split(' ');
  return [
    ...(subject.length > LONGEST ? [`${subject.length} characters: write ${LONGEST} at most`] : []),
    ...(isArea(area) ? [] : [`unknown area "${area}": write a folder of src, or one of ${AREAS.join(', ')}`]),
    ...(/^[A-Z][a-z]/.test(verb) ? [`"${verb}": begin in lowercase`] : []),
    ...(BENT.test(verb) ? [`"${verb}": write the imperative`] : []),
    ...(summary.includes(';') ? ['semicolon: split the commit'] : []),
    ...(summary.endsWith('.') ? ['full stop at the end'] : []),
  ];
}

/** Returns the wordings of a subject that another one should replace. They fail no check. */
export function adviseSubject(subject) {
  return findHits({ kind: 'commits', text: subject }).map(({ rule, words }) => `"${words}": write ${rule.write}`);
}
