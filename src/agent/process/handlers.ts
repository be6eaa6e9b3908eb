import { buildImage } from '../../runtime/docker/images/buildImage';
import type { Run } from '../../runtime/docker/run';
import type { PodOrder, Reply, RequestKind, RequestPayload, RunReply } from '../ipc/messages';
import type { AgentPod } from '../pod/agentPod';
import { render } from './render';

/** The functions of the agent that requests need. */
export interface HandledBy {
  /** Returns the run of the agent, with its engine. */
  prepare(): Promise<Run>;
  start(order: PodOrder): Promise<RunReply>;
  /** Checks the engine of a pod, or of the agent if there is no key. */
  checkEngine(key: string | undefined): Promise<void>;
  /**
   * Returns a pod.
   *
   * @throws Error if the pod has been removed.
   */
  pod(key: string): AgentPod;
  remove(key: string): Promise<void>;
}

type Handlers = { readonly [K in RequestKind]: (by: HandledBy, asked: RequestPayload<K>) => Promise<Reply<K>> };

const HANDLERS: Handlers = {
  Render: async (_, { source, cwd }) => render(source, cwd),
  BuildImage: async (by, build) => done(buildImage((await by.prepare()).engine, build)),
  CheckEngine: (by, { key }) => done(by.checkEngine(key)),
  RunPod: (by, order) => by.start(order),
  Exec: async (by, { key, container, argv }) => by.pod(key).actions.exec(container, argv),
  Logs: async (by, { key, container, previous }) => by.pod(key).actions.logs(container, previous),
  WorkingSet: async (by, { key, container }) => by.pod(key).actions.workingSet(container),
  Processes: async (by, { key, container }) => by.pod(key).actions.processes(container),
  Kill: async (by, { key, container, signal }) => done(by.pod(key).actions.kill(container, signal)),
  Freeze: async (by, { key, container }) => done(by.pod(key).actions.freeze(container)),
  Thaw: async (by, { key, container }) => done(by.pod(key).actions.thaw(container)),
  Limit: async (by, { key, container, limits }) => done(by.pod(key).actions.limit(container, limits)),
  Disconnect: async (by, { key }) => done(by.pod(key).actions.disconnect()),
  Reconnect: async (by, { key }) => done(by.pod(key).actions.reconnect()),
  AfflictService: async (by, { key, service, fault }) => done(by.pod(key).actions.afflict(service, fault)),
  Note: async (by, { key, detail }) => done(by.pod(key).actions.note(detail)),
  WhyUnfair: async (by, { key, since }) => by.pod(key).explainUnfairness(since),
  AddressOf: async (by, { key, port }) => by.pod(key).actions.addressOf(port),
  Requests: async (by, { key, order, detail }) => by.pod(key).clients.start(order, detail),
  StopRequests: async (by, { key, client }) => done(by.pod(key).clients.stop(client)),
  Delete: async (by, { key, gracePeriodSeconds }) => done(by.pod(key).actions.delete(gracePeriodSeconds)),
  Remove: (by, { key }) => done(by.remove(key)),
};

/** Runs a request, and resolves to its reply. */
export async function handle<K extends RequestKind>(
  by: HandledBy,
  { kind, asked }: { readonly kind: K; readonly asked: RequestPayload<K> },
): Promise<Reply<K>> {
  const handler: Handlers[K] = HANDLERS[kind];
  return handler(by, asked);
}

/** Resolves to null when the work is done, because JSON has no undefined. */
async function done(work: unknown): Promise<null> {
  await work;
  return null;
}
