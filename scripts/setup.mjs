import { orSayWhatIsMissing, setUpForTests } from './setup/set-up.mjs';

await orSayWhatIsMissing(setUpForTests);
