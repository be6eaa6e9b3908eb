import { stripVTControlCharacters } from 'node:util';

/** The whole message a failing expectation ends with, without its colours; fails itself when it passes. */
export async function messageOf(expectation: () => unknown): Promise<string> {
  try {
    await expectation();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('the expectation passed');
}
