import { findCycles } from './house/cycles.mjs';
import { measure } from './house/measure.mjs';
import { readSources } from './house/sources.mjs';

// Prints the current figures of the code. `--json` prints one object, and `--imports` prints the imports of each file
// instead. specs/package/house has the bounds of the figures, and the rules of imports.

if (process.argv.includes('--imports')) printImports();
else printFigures(measure());

function printImports() {
  const sources = readSources();
  const imports = sources.flatMap(({ file, imports }) => imports.map((edge) => ({ from: file, ...edge })));
  const packages = sources.flatMap(({ file, packages }) => packages.map((name) => ({ from: file, name })));
  console.log(JSON.stringify({ imports, packages, cycles: findCycles(sources) }));
}

function printFigures(figures) {
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
  else for (const [name, value] of Object.entries(figures)) console.log(`${String(value).padStart(7)}  ${name}`);
}
