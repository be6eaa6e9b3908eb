import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { argv } from './conformance/subjects/argv';
import { qos } from './conformance/subjects/qos';
import { validation } from './conformance/subjects/validation';
import type { Words } from './conformance/subjects/words';

interface Case {
  readonly id: string;
  readonly subject?: string;
  readonly given: Words;
  readonly when: Words;
  readonly then: Words;
}

const subjects = { ...argv, ...qos, ...validation };
const cases = ['validation', 'qos', 'kill-and-grace'].flatMap(
  (file) =>
    (parse(readFileSync(path.join(__dirname, `conformance/${file}.yaml`), 'utf8')) as { cases: readonly Case[] }).cases,
);

test.each(cases.filter(({ subject }) => subject && subject in subjects))(
  '$id',
  async ({ subject, given, when, then }) => {
    const actual = await subjects[subject ?? '']?.(given, when);
    const errors = (then.errors as readonly object[] | undefined)?.map((error) => expect.objectContaining(error));
    expect(actual).toMatchObject({
      ...then,
      ...(errors && { errors: expect.arrayContaining(errors) }),
    });
    if (errors) expect(actual?.errors).toHaveLength(errors.length);
  },
);
