import { TestClient } from './client.js';
import type { TestCluster } from './cluster.js';
import { TestGround } from './ground.js';
import { ServiceProcess, type Service } from './service-process.js';

/** A running gateway, as a process of its own. */
export interface GatewayProcess {
  readonly process: ServiceProcess;
  readonly url: string;
}

export interface DeploymentOptions {
  /** Environment variables of every process, on top of the usual ones. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly cluster?: TestCluster;
}

/** Accord as it runs in production: every gateway and worker a process of its own, to be stopped, killed and joined by others. */
export class TestDeployment {
  readonly #processes: ServiceProcess[] = [];

  private constructor(
    readonly ground: TestGround,
    private readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** Starts what the processes stand on, and none of them yet. */
  static async start({ variables = {}, cluster }: DeploymentOptions = {}): Promise<TestDeployment> {
    return new TestDeployment(await TestGround.start(cluster), variables);
  }

  /** @param nodeOptions options of Node.js for this one. */
  async startGateway(nodeOptions: readonly string[] = []): Promise<GatewayProcess> {
    const process = await this.#start('gateway', nodeOptions, 'gateway listens');
    const url = process.lines('gateway listens')[0]?.['url'];
    if (typeof url !== 'string') throw new Error('The gateway does not say where it listens.');
    return { process, url };
  }

  startWorker(): Promise<ServiceProcess> {
    return this.#start('worker', [], 'worker runs');
  }

  /** A persona's client of one of the gateways. */
  async client(persona: string, gateway: GatewayProcess): Promise<TestClient> {
    return new TestClient(gateway.url, `Bearer ${await this.ground.token(persona)}`);
  }

  /** Every process that was started here, those that are gone included. */
  get processes(): readonly ServiceProcess[] {
    return this.#processes;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.kill()));
    await this.ground.stop();
  }

  async #start(service: Service, nodeOptions: readonly string[], ready: string): Promise<ServiceProcess> {
    const environment = { ...this.ground.environment, ...this.variables };
    const process = new ServiceProcess(service, environment, nodeOptions);
    this.#processes.push(process);
    await process.said(ready);
    return process;
  }
}
