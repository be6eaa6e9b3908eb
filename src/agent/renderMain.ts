import { text } from 'node:stream/consumers';
import type { ToolSource } from '../manifest/source/tools';
import { render } from './process/render';

// For those who cannot wait for an answer: a source as JSON on the standard input, what came of it on the output.
const source = JSON.parse(await text(process.stdin)) as ToolSource;
process.stdout.write(JSON.stringify(await render(source, process.cwd())));
