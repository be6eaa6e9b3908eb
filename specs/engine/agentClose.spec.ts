import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { PodOrder } from '../../src/agent/ipc/messages';
import type { Agent } from '../../src/agent/process/agent';
import { NO_CONFIG } from '../../src/manifest/config/config';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import { RUN_LABEL } from '../../src/runtime/docker/engine/labels';
import { describeOnEngine } from './onEngine';

// Jest cannot load the library in it, and these pods have no clients.
jest.mock('../../src/traffic/sendRequest', () => ({}));

const KEY = 'shop';
/** The ids of the requests. */
const [RUN, REMOVE] = [1, 2];
/** Time after which an agent that does not wait has closed. On a slow machine, such an agent may pass the spec. */
const LATE_MS = 1_000;

const order: PodOrder = {
  key: KEY,
  pod: {
    metadata: { name: 'shop', namespace: 'default', uid: KEY },
    spec: {
      restartPolicy: 'Always',
      initContainers: [],
      containers: [{ name: 'web', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', command: ['sleep', '600'] }],
    },
  },
  found: NO_CONFIG,
  givenImages: [],
  backend: { publishNotReadyAddresses: false },
  skipBackOff: true,
  config: {},
  services: {},
};
const withService: PodOrder = { ...order, services: { db: { kind: 'address', host: '127.0.0.1', port: 5_432 } } };

describeOnEngine('Agent.close', () => {
  const agents: Agent[] = [];
  afterEach(() => Promise.all(agents.splice(0).map((agent) => agent.close())));

  /**
   * Starts an agent on an engine that completes one request late: after the agent has closed, or when the agent waited
   * for it. `steps` lists the results in order.
   */
  async function agentOnEngineLateWith(method: 'createContainer' | 'createNetwork', name = '') {
    const engine = await findEngine();
    const happened = new EventEmitter();
    const [asked, ended, replied] = ['asked', 'ended', 'replied'].map((event) => once(happened, event));
    const steps = new Set<string>();
    const create = engine.docker[method].bind(engine.docker) as (options: object) => Promise<unknown>;
    let isAsked = false;
    const late = async (options: object) => {
      if (isAsked || !JSON.stringify(options).includes(name)) return create(options);
      isAsked = true;
      happened.emit('asked');
      await Promise.race([ended, sleep(LATE_MS)]);
      return create(options).finally(() => steps.add('made'));
    };
    const docker = Object.assign(Object.create(engine.docker), { [method]: late });
    const { Agent } = await import('../../src/agent/process/agent');
    const agent = new Agent(
      async () => ({ ...engine, docker }),
      (message) => {
        if ('id' in message && message.id === RUN) {
          steps.add(message.kind);
          happened.emit('replied');
        }
      },
    );
    agents.push(agent);
    const run = await agent.prepare();
    const filters = { label: [`${RUN_LABEL}=${run.id}`] };
    return {
      agent,
      asked,
      replied,
      steps,
      async close() {
        await agent.close();
        steps.add('closed');
        happened.emit('ended');
      },
      /** Returns the containers and networks of the run that are on the engine. */
      async left() {
        const containers = await engine.docker.listContainers({ all: true, filters });
        const networks = await engine.docker.listNetworks({ filters });
        return [...containers.flatMap(({ Names }) => Names), ...networks.map(({ Name }) => Name)];
      },
    };
  }

  test('waits for containers that the engine still creates for a removed pod', async () => {
    const { agent, asked, steps, close, left } = await agentOnEngineLateWith('createContainer', '_web_');
    agent.receive({ kind: 'RunPod', id: RUN, asked: order });
    await asked;
    agent.receive({ kind: 'Remove', id: REMOVE, asked: { key: KEY } });
    await close();
    expect([...steps]).toEqual(['Answered', 'made', 'closed']);
    expect(await left()).toEqual([]);
  });

  test('creates no pod if the network for its services is ready too late', async () => {
    const { agent, asked, replied, steps, close, left } = await agentOnEngineLateWith('createNetwork');
    agent.receive({ kind: 'RunPod', id: RUN, asked: withService });
    await asked;
    await Promise.all([close(), replied]);
    expect([...steps]).toEqual(['made', 'Refused', 'closed']);
    expect(await left()).toEqual([]);
  });

  test('creates no pod that the test removed before its services were ready', async () => {
    const { agent, asked, replied, steps } = await agentOnEngineLateWith('createNetwork');
    agent.receive({ kind: 'RunPod', id: RUN, asked: withService });
    await asked;
    agent.receive({ kind: 'Remove', id: REMOVE, asked: { key: KEY } });
    await replied;
    expect([...steps]).toEqual(['made', 'Refused']);
  });
});
