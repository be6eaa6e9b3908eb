import { orSayWhatIsMissing, setUp } from './setup/set-up.mjs';

await orSayWhatIsMissing(setUp);
