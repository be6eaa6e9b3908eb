import { stripVTControlCharacters } from 'node:util';

/** Returns the message of a failing expectation without colors, and throws if it passes. */
export async function messageOf(expectation: () => unknown): Promise<string> {
  try {
    await expectation();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('the expectation passed');
}
