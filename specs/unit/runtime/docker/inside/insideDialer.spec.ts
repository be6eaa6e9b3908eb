import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Docker } from '../../../../../src/runtime/docker/engine/docker';
import { InsideDialer } from '../../../../../src/runtime/docker/inside/insideDialer';
import { ownProgram } from '../../../../../src/runtime/docker/programs/ownProgram';
import { programHere, runsHere } from '../executable';

const HOST = '127.0.0.1';

(runsHere ? describe : describe.skip)('InsideDialer, with its program run here', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dial-'));
  const file = path.join(folder, 'dial');
  writeFileSync(file, programHere(ownProgram), { mode: 0o755 });
  const servers: Server[] = [];
  const programs: ChildProcess[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
    for (const program of programs) program.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** An engine that runs the program on this machine, with the frames of an engine. */
  const docker = {
    getContainer: () => ({
      exec: async ({ Cmd: [, ...args] }: { Cmd: readonly string[] }) => ({
        async start() {
          const program = spawn(file, args);
          programs.push(program);
          return Duplex.from({ readable: framed(program.stdout), writable: program.stdin });
        },
      }),
    }),
  } as unknown as Docker;

  async function* framed(output: AsyncIterable<Buffer>) {
    for await (const content of output) {
      const header = Buffer.alloc(8);
      header[0] = 1;
      header.writeUInt32BE(content.length, 4);
      yield Buffer.concat([header, content]);
    }
  }

  async function listen(onConnection: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => onConnection(socket.on('error', () => {}))).listen(0, HOST);
    servers.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  const dialer = new InsideDialer(docker, 'sandbox');

  test('sends and receives data, and ends with the other side', async () => {
    const answer = 'answer '.repeat(100_000);
    const port = await listen((socket) => socket.once('data', (question) => socket.end(`${question}: ${answer}`)));
    const { socket, connected } = await dialer.connect(HOST, port);
    await connected;
    socket.write('question');
    expect(await text(socket)).toBe(`question: ${answer}`);
  });

  test('carries a megabyte in both directions in parallel, with one program', async () => {
    const port = await listen((socket) => socket.pipe(socket));
    const sent = 'to and fro '.repeat(100_000);
    const echoes = [1, 2, 3].map(async () => {
      const { socket } = await dialer.connect(HOST, port);
      socket.write(sent);
      let received = '';
      for await (const chunk of socket) {
        received += chunk;
        if (received.length === sent.length) break;
      }
      return received === sent;
    });
    expect(await Promise.all(echoes)).toEqual([true, true, true]);
    expect(programs).toHaveLength(1);
  });

  test('keeps other connections running if one is not read at either end', async () => {
    const deaf = await listen((socket) => socket.pause());
    const talks = await listen((socket) => socket.write('x'.repeat(1_000_000)));
    const stuck = await dialer.connect(HOST, deaf);
    stuck.socket.write('x'.repeat(10_000_000));
    const unread = await dialer.connect(HOST, talks);
    const port = await listen((socket) => socket.end('answer'));
    const { socket } = await dialer.connect(HOST, port);
    expect(await text(socket)).toBe('answer');
    stuck.socket.destroy();
    unread.socket.destroy();
  });

  test('rejects with ECONNREFUSED if no process listens', async () => {
    const { connected } = await dialer.connect(HOST, 1);
    await expect(connected).rejects.toMatchObject({
      ...{ message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', syscall: 'connect' },
      ...{ address: HOST, port: 1 },
    });
  });

  test('reports a reset connection', async () => {
    const port = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const { socket, connected } = await dialer.connect(HOST, port);
    await connected;
    const failed = once(socket, 'error');
    socket.write('hello');
    expect(await failed).toMatchObject([{ code: 'ECONNRESET', syscall: 'read' }]);
  });

  test('sends all data written before the end, then closes the connection', async () => {
    const words = 'the last words '.repeat(10_000);
    let received: Promise<string> | undefined;
    const port = await listen((socket) => {
      received = text(socket);
    });
    const { socket, connected } = await dialer.connect(HOST, port);
    await connected;
    socket.end(words);
    await once(socket.resume(), 'end');
    expect(await received).toBe(words);
  });

  test('closes the connection when its socket is destroyed', async () => {
    let onHungUp = () => {};
    const hungUp = new Promise<void>((resolve) => {
      onHungUp = resolve;
    });
    const port = await listen((socket) => socket.resume().on('error', onHungUp).on('end', onHungUp));
    const { socket, connected } = await dialer.connect(HOST, port);
    await connected;
    socket.destroy();
    await hungUp;
  });

  test('fails the connections of a program that exits, and starts another program', async () => {
    const port = await listen((socket) => socket.pipe(socket));
    const { socket, connected } = await dialer.connect(HOST, port);
    await connected;
    const failed = once(socket, 'error');
    programs.at(-1)?.kill('SIGKILL');
    expect(await failed).toMatchObject([{ message: 'pod sandbox: exited while it carried connections from inside' }]);
    const next = await dialer.connect(HOST, port);
    await expect(next.connected).resolves.toBeUndefined();
    expect(programs).toHaveLength(2);
  });

  test('reports the message of the engine if the program cannot run', async () => {
    const complaint = Buffer.from('OCI runtime exec failed');
    const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, complaint.length]);
    const refusing = {
      getContainer: () => ({
        exec: async () => ({
          start: async () =>
            Duplex.from(async function* () {
              yield Buffer.concat([header, complaint]);
            }),
        }),
      }),
    } as unknown as Docker;
    await expect(new InsideDialer(refusing, 'sandbox').connect(HOST, 1)).rejects.toThrow(
      'pod sandbox: failed to connect from inside: OCI runtime exec failed',
    );
  });
});
