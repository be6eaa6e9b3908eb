/** Removes the examples that cannot run here from Jest's files, and prints the reason for each. */
module.exports = async (files) => {
  const { leaveOutExamples } = await import('./skippedExamples.mjs');
  return { filtered: await leaveOutExamples(files) };
};
