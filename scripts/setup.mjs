import { SetupError } from './setup/say.mjs';
import { checkSetup, orSayWhatIsMissing, setUpForTests } from './setup/set-up.mjs';

const OPTIONS = { '': setUpForTests, '--check': checkSetup };

await orSayWhatIsMissing(async () => {
  const given = process.argv.slice(2).join(' ');
  const act = OPTIONS[given];
  if (!act) throw new SetupError(`unknown option "${given}"`, 'Run `npm run setup`, or `npm run setup -- --check`');
  const result = await act();
  process.exitCode = typeof result === 'number' ? result : 0;
});
