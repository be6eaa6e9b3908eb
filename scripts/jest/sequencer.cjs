const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Jest's order, but what waits for pods in real time begins first, and what only computes fills the gaps. On a clean
 * checkout Jest goes by the size of a file, and the examples, which take longest, are the smallest.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
};

function rank({ path, context }) {
  if (context.config.displayName.name === 'specs') return 2;
  return path.includes('/examples/') ? 0 : 1;
}
