// Prints a program with all it imports as one file, for a container that has nothing but Node.js.
import path from 'node:path';
import { rolldown } from 'rolldown';

const [file] = process.argv.slice(2);
const bundler = await rolldown({ input: path.join(import.meta.dirname, file), platform: 'node' });
const { output } = await bundler.generate({ format: 'cjs', codeSplitting: false, minify: true });
await bundler.close();
process.stdout.write(output[0].code);
