/** Jest's filter: leaves out the examples that cannot run here, and says so. */
module.exports = async (files) => {
  const { leaveOutExamples } = await import('./skippedExamples.mjs');
  return { filtered: await leaveOutExamples(files) };
};
