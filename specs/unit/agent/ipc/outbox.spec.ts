import { expect, test } from '@jest/globals';
import { Outbox } from '../../../../src/agent/ipc/outbox';
import { CREATED } from '../../../../src/clock/instant';
import type { OutputLine } from '../../../../src/timeline/output';

function outbox() {
  const sent: (readonly OutputLine[])[] = [];
  const taken: (() => void)[] = [];
  const box = new Outbox({
    now: () => CREATED,
    hide: (text) => text.replaceAll('hunter2', '***'),
    send: (lines, onTaken) => {
      sent.push(lines);
      taken.push(onTaken);
    },
  });
  const write = (text: string, container = 'web') =>
    box.add({ container, attempt: 0, stream: 'stdout', bytes: Buffer.from(text) });
  const texts = () => sent.map((lines) => lines.map(({ text }) => text));
  return { box, write, sent, taken, texts };
}

test('sends lines that arrive together in one batch', () => {
  const { box, write, texts } = outbox();
  write('one');
  write('two');
  box.flush();
  box.flush();
  expect(texts()).toEqual([['one', 'two']]);
});

test('holds a batch until the last one is received, unless all lines are flushed', () => {
  const { box, write, taken, texts } = outbox();
  write('one');
  box.flush();
  write('two');
  box.flush();
  expect(texts()).toEqual([['one']]);
  taken[0]?.();
  expect(texts()).toEqual([['one'], ['two']]);
  write('three');
  box.flush({ all: true });
  expect(texts()).toEqual([['one'], ['two'], ['three']]);
});

test('drops the oldest lines of a container that writes too much, and prints the count', () => {
  const { box, write, texts } = outbox();
  write('quiet', 'proxy');
  for (let i = 0; i < 1_000; i += 1) write(`${i}`.padEnd(999));
  box.flush();
  const [lines = []] = texts();
  expect(lines.slice(0, 2)).toEqual([
    'quiet',
    'jest-kubelet: 868 lines (868000 bytes) left out, written faster than they are read',
  ]);
  expect(lines[2]?.trim()).toBe('868');
  expect(lines.at(-1)?.trim()).toBe('999');
});

test('sends both the masked line and the original line if it contains a Secret', () => {
  const { box, write, sent } = outbox();
  write('password hunter2');
  write('fine');
  box.flush();
  expect(sent[0]).toEqual([
    { at: 0, container: 'web', attempt: 0, stream: 'stdout', text: 'password ***', written: 'password hunter2' },
    { at: 0, container: 'web', attempt: 0, stream: 'stdout', text: 'fine' },
  ]);
});
