import { text } from 'node:stream/consumers';
import type { ToolSource } from '../manifest/source/tools';
import { render } from './process/render';

// Serves callers that need the result synchronously: it reads a source as JSON from stdin and writes the result to
// stdout.
const source = JSON.parse(await text(process.stdin)) as ToolSource;
process.stdout.write(JSON.stringify(await render(source, process.cwd())));
