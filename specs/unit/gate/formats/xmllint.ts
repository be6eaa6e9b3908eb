import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';

const SCHEMA = readFileSync(path.join(__dirname, 'junit-10.xsd'), 'utf8');

/** Validates a JUnit report against the schema of Jenkins' xUnit plug-in, and returns the errors of xmllint. */
export async function problemsInJUnit(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [SCHEMA] });
  return errors.map(({ message }) => message);
}
