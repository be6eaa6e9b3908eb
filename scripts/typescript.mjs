import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** TypeScript's API. An `import` takes seconds: Node parses the whole file to see that it is CommonJS. */
export const ts = require('typescript5');
