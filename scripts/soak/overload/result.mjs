/** The words by which a run says that the machine or the engine is the reason. */
export const NO_RESULT = /(machine overloaded|container engine): /;

export function noResult(said) {
  return { result: 'no result', why: said };
}

/** Compares the result of a case with the expected one. */
export function compareResult({ outcome, said = '' }, expected) {
  const isRight = outcome === expected.outcome && (expected.because?.test(said) ?? true);
  if (isRight) return { result: 'right' };
  const because = expected.because ? ` because of ${expected.because}` : '';
  return { result: 'wrong', why: `expected ${expected.outcome}${because}, but it ${outcome}: ${said}` };
}
