import type { ServiceFault } from '../../runtime/docker/services/service';
import type { AgentProcess } from '../shared/agentProcess';
import type { LiveService } from './liveService';

/** The dependency behind a {@link LiveService}: each call is a request to the agent. */
export class RunningService implements LiveService {
  readonly name: string;
  readonly #agent: AgentProcess;
  readonly #key: string;

  constructor(agent: AgentProcess, key: string, name: string) {
    this.#agent = agent;
    this.#key = key;
    this.name = name;
  }

  freeze(): Promise<void> {
    return this.#afflict('freeze');
  }

  thaw(): Promise<void> {
    return this.#afflict('thaw');
  }

  disconnect(): Promise<void> {
    return this.#afflict('disconnect');
  }

  reconnect(): Promise<void> {
    return this.#afflict('reconnect');
  }

  async #afflict(fault: ServiceFault): Promise<void> {
    await this.#agent.request('AfflictService', { key: this.#key, service: this.name, fault });
  }
}
