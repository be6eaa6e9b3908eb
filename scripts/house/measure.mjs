import { findCycles } from './cycles.mjs';
import { countExports, findExportedTwice, findTypesDeclaredTwice } from './declarations.mjs';
import { findLargestFolders } from './folders.mjs';
import { countParsedTexts, findRecordScans } from './reads.mjs';
import { countSentenceLiterals } from './sentences.mjs';
import { countMachineCode, countOverTurn, measureSizes } from './sizes.mjs';
import { readSources } from './sources.mjs';
import { findKubeletWithoutSpec, findMissingSpecs, findStraySpecs } from './specs.mjs';

/** Returns each figure under the name that the table of bounds gives it. */
export function measure() {
  const sources = readSources();
  const folders = findLargestFolders(sources);
  return {
    largestFolder: folders[0].files,
    largeFolders: folders.filter(({ files }) => files > 14).length,
    valueCycles: findCycles(sources, (edge) => edge.isValue).length,
    cycles: findCycles(sources).length,
    typesDeclaredTwice: findTypesDeclaredTwice(sources).length,
    exportedTwice: findExportedTwice(sources).length,
    indexExports: countExports(sources, 'src/index.ts'),
    recordScans: findRecordScans(sources).length,
    parsedTexts: countParsedTexts(sources),
    overTurn: countOverTurn(sources),
    machineCodeLines: countMachineCode(sources),
    straySpecs: findStraySpecs(sources).length,
    missingSpecs: findMissingSpecs(sources).length,
    kubeletWithoutSpec: findKubeletWithoutSpec(sources).length,
    ...countSentenceLiterals(sources),
    ...measureSizes(sources),
  };
}
