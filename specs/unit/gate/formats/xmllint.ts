import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';

const SCHEMA = readFileSync(path.join(__dirname, 'junit-10.xsd'), 'utf8');

/** What xmllint finds wrong with a JUnit report, by the schema that Jenkins' xUnit plug-in checks with. */
export async function problemsInJUnit(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [SCHEMA] });
  return errors.map(({ message }) => message);
}
