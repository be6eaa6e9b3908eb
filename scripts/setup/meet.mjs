import { problemOf, SetupError, say } from './say.mjs';

/** Brings what a requirement lacks, and prints each step before it begins. */
export async function meet(requirement, context) {
  const missing = await missingOf(requirement, context);
  assertOnlyOptional(missing.filter((finding) => !canBring(finding)));
  for (const finding of missing) say(canBring(finding) ? finding.step : lineOn(finding));
  const bringable = missing.filter(canBring);
  if (bringable.length === 0) return;
  try {
    await requirement.bring(bringable, context);
  } catch (error) {
    if (!bringable.every(isOptional)) throw error;
    for (const { name, loss } of bringable) say(`${name}: ${problemOf(error)}. Without it, ${loss}.`);
    return;
  }
  // Setup may have had no effect, and later steps need what this one found.
  assertOnlyOptional(await missingOf(requirement, context));
}

/** Prints a line for everything that the requirements name, and returns the exit code: 0 if nothing is missing. */
export async function checkAll(requirements) {
  const context = {};
  const findings = [];
  for (const requirement of requirements) {
    const found = await requirement.find(context);
    for (const finding of found)
      console.log(finding.found ? `ok       ${lineOn(finding)}` : `missing  ${lineOn(finding)}`);
    findings.push(...found);
  }
  return Math.max(0, ...findings.filter(isMissing).map(({ exitCode = 1 }) => exitCode));
}

const missingOf = async (requirement, context) => (await requirement.find(context)).filter(isMissing);
const isMissing = ({ found }) => found === undefined;
const isOptional = ({ loss }) => loss !== undefined;
const canBring = ({ step }) => step !== undefined && process.env.JEST_KUBELET_SETUP !== 'never';

function lineOn(finding) {
  const { name, found, missing, step, fix, loss } = finding;
  if (found) return `${name}: ${found}`;
  const remedy = canBring(finding) ? `\`npm run setup\` ${step}` : fix;
  return [`${name}: ${missing}.`, ...(loss ? [`Without it, ${loss}.`] : []), `${remedy}.`].join(' ');
}

function assertOnlyOptional(missing) {
  const needed = missing.filter((finding) => !isOptional(finding));
  if (needed.length === 0) return;
  const [{ fix, exitCode, step }] = needed;
  const problem = needed.map(({ name, missing: why }) => `${name}: ${why}`).join(', ');
  const isOff = step !== undefined && process.env.JEST_KUBELET_SETUP === 'never';
  const why = isOff ? ', and JEST_KUBELET_SETUP=never stops setup from bringing it' : '';
  throw new SetupError(`${problem}${why}`, fix, { exitCode });
}
