import { measure } from './house/measure.mjs';

// Today's figures of the code: `npm run house`. With `--json` as one object. specs/house.spec.ts holds their bounds.

const figures = measure();
if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
else for (const [name, value] of Object.entries(figures)) console.log(`${String(value).padStart(7)}  ${name}`);
