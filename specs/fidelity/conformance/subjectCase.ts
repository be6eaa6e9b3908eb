import type { Case } from './caseFiles';
import { isAsExpected } from './compare';
import { subjects } from './subjects';
import { listOf, type Subject, type Words, wordsOf } from './subjects/words';
import { failed, PASSED, type Verdict } from './verdict';
import { SUBJECTS, type SubjectWords } from './vocabulary';

/** Subjects the engine does not have, and why. */
const SKIPPED: Readonly<Record<string, string>> = {
  'kuberuntime.restartCountByLogDir':
    'the engine counts the instances it creates; it keeps no log directory from which the count could be restored',
};

/** Asks the subject of a `function` or `sequence` case, and compares what it says with what is expected. */
export async function judgeSubjectCase(read: Case): Promise<Verdict> {
  const { subject: name = '', kind } = read;
  const words = SUBJECTS[name];
  if (!words) throw new Error(`unknown subject ${JSON.stringify(name)}`);
  checkWords(read, name, words);
  const skipped = SKIPPED[name];
  if (skipped !== undefined) return { kind: 'skipped', reason: skipped };
  const subject = subjects[name];
  if (!subject) throw new Error(`no adapter for subject ${name}`);
  return kind === 'function' ? judgeFunction(read, name, words, subject) : judgeSequence(read, subject);
}

function checkWords({ kind, given, when, then }: Case, name: string, words: SubjectWords): void {
  const givenWords = words.given.map((word) => word.replace('[]', ''));
  wordsOf('given', given, givenWords);
  if (kind === 'function') {
    wordsOf('when', when, ['call', ...words.when]);
    wordsOf('then', then, words.answer);
  } else {
    for (const step of listOf('when.steps', wordsOf('when', when, ['call', 'steps']).steps)) {
      wordsOf('when.steps[]', step, words.when);
    }
    for (const step of listOf('then.steps', wordsOf('then', then, ['steps']).steps)) {
      wordsOf('then.steps[]', step, words.answer);
    }
  }
  if (when.call !== undefined && when.call !== name) throw new Error(`when.call: ${when.call} is not the subject`);
}

async function judgeFunction(
  { given, when, then }: Case,
  name: string,
  words: SubjectWords,
  subject: Subject,
): Promise<Verdict> {
  const expected = complete(then as Words, name, words);
  if (Object.keys(expected).length === 0) throw new Error('then: asserts nothing');
  for (const each of alternatives(given, words.given)) {
    const received = pick(await subject(each, when), Object.keys(expected));
    if (!isAnswer(received, expected)) {
      return failed(expected, each === given ? received : { received, given: each });
    }
  }
  return PASSED;
}

/** Adds an empty reason and message to a condition if a case does not give them. */
function complete(then: Words, name: string, { answer }: SubjectWords): Words {
  if (!name.startsWith('kubelet.conditions.')) return then;
  const empty = ['reason', 'message'].filter((word) => answer.includes(word)).map((word) => [word, '']);
  return { ...Object.fromEntries(empty), ...then };
}

/** Returns a case for each value of a list, if the subject expects one value. */
function alternatives(given: Words, known: readonly string[]): readonly Words[] {
  const [word] = known.filter((each) => !each.endsWith('[]') && Array.isArray(given[each]));
  if (word === undefined) return [given];
  const values = given[word] as readonly unknown[];
  if (values.length === 0) throw new Error(`given.${word}: an empty list has no effect`);
  return values.flatMap((value) => alternatives({ ...given, [word]: value }, known));
}

async function judgeSequence({ given, when, then }: Case, subject: Subject): Promise<Verdict> {
  const expected = (then as { readonly steps: readonly Words[] }).steps;
  const steps = when.steps as readonly Words[];
  if (steps.length !== expected.length) throw new Error(`${steps.length} steps, ${expected.length} expectations`);
  if (expected.every((step) => Object.keys(step).length === 0)) throw new Error('then: asserts nothing');
  const answers = listOf('steps', (await subject(given, when)).steps) as readonly Words[];
  const wrong = expected.findIndex((step, index) => !isAnswer(answers[index] ?? {}, step));
  if (wrong < 0) return PASSED;
  const wanted = expected[wrong] ?? {};
  return failed({ step: wrong + 1, ...wanted }, pick(answers[wrong] ?? {}, Object.keys(wanted)));
}

function isAnswer(received: Words, expected: Words): boolean {
  return Object.entries(expected).every(([word, value]) => isAsExpected(word, received[word], value));
}

function pick(answer: Words, wanted: readonly string[]): Words {
  return Object.fromEntries(wanted.map((word) => [word, answer[word]]));
}
