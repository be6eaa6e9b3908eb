import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from '@jest/globals';
import { socketAddress } from '../../../src/runtime/docker/dialInside';
import { dialProgram } from '../../../src/runtime/docker/dialProgram';
import { programHere, runsHere, testExecutable } from './executable';

testExecutable(dialProgram, 500);

(runsHere ? describe : describe.skip)('run here', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dial-'));
  const file = path.join(folder, 'dial');
  writeFileSync(file, programHere(dialProgram), { mode: 0o755 });
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  async function listen(onConnection: (socket: Socket) => void): Promise<number> {
    const server = createServer(onConnection).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** All it tells: the words, and what was received. */
  async function dial(port: number, sent = ''): Promise<{ words: readonly number[]; received: string }> {
    const program = spawn(file, socketAddress('127.0.0.1', port));
    program.stdin.on('error', () => {});
    program.stdin.write(sent);
    let told = await buffer(program.stdout);
    const words: number[] = [];
    let received = '';
    while (told.length > 0) {
      const word = told.readInt32LE();
      const end = 4 + Math.max(word, 0);
      words.push(word);
      received += told.subarray(4, end).toString();
      told = told.subarray(end);
    }
    return { words, received };
  }

  test('sends what it is given, hands on what comes, and tells the end of it', async () => {
    const answer = 'answer '.repeat(100_000);
    const port = await listen((socket) => socket.once('data', (question) => socket.end(`${question}: ${answer}`)));
    const { words, received } = await dial(port, 'question');
    expect(received).toBe(`question: ${answer}`);
    expect(words.slice(0, 2)).toEqual([0, 0]);
    expect(words.at(-1)).toBe(0);
  });

  test('tells why there is no connection', async () => {
    expect(await dial(1)).toEqual({ words: [0, -111], received: '' });
  });

  test('tells of a connection that is reset', async () => {
    const port = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await dial(port, 'hello')).toEqual({ words: [0, 0, -104], received: '' });
  });

  test('hangs up when nobody sends any more', async () => {
    let onHungUp = () => {};
    const hungUp = new Promise<void>((resolve) => {
      onHungUp = resolve;
    });
    const port = await listen((socket) => socket.resume().on('end', onHungUp));
    const program = spawn(file, socketAddress('127.0.0.1', port));
    await once(program.stdout, 'data');
    program.stdin.end();
    await hungUp;
    expect(await once(program, 'exit')).toEqual([0, null]);
  });
});
