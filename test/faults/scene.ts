import { organisationId, providerId, TENANT_CODE } from '@accord/infra';
import { TestDeployment, type DeploymentOptions, type GatewayProcess, type TestClient } from '@accord/testkit';
import pg from 'pg';
import { COPPERBEECH } from './flags.js';
import { Follower } from './follower.js';

/** Accord in processes, with the dashboards of two boroughs that follow it: Brent by WebSocket, Barnet by Server-Sent Events. */
export class Scene {
  followers: readonly Follower[] = [];
  #clients: { readonly brent: TestClient; readonly barnet: TestClient } | undefined;

  private constructor(
    readonly accord: TestDeployment,
    /** A superuser's, to look at everything. */
    public database: pg.Client,
  ) {}

  /** A database and a sign-in, no process yet. */
  static async prepare(options?: DeploymentOptions): Promise<Scene> {
    const accord = await TestDeployment.start(options);
    return new Scene(accord, await connect(accord.ground.database.urls.superuser));
  }

  get superuserUrl(): string {
    return this.accord.ground.database.urls.superuser;
  }

  /** Connects anew to look at the database, after a restart of it. */
  async lookAgain(): Promise<void> {
    this.database = await connect(this.superuserUrl);
  }

  /** Whose clients, and where dashboards come back to, from now on. */
  async use(gateway: GatewayProcess): Promise<void> {
    this.#clients = {
      brent: await this.accord.client('brent-placements', gateway),
      barnet: await this.accord.client('barnet-placements', gateway),
    };
  }

  /** Who raises the flags. */
  get brent(): TestClient {
    return this.#known.brent;
  }

  /** Subscribes the dashboards. They begin with the next event: call `begin`. */
  async subscribe(): Promise<void> {
    this.followers = [
      await Follower.open(TENANT_CODE.brent, 'subscribe', () => this.#known.brent),
      await Follower.open(TENANT_CODE.barnet, 'stream', () => this.#known.barnet),
    ];
  }

  /** Tells all members something: with its cursor, dashboards can come back. */
  async begin(followers: readonly Follower[] = this.followers): Promise<void> {
    await this.database.query(
      `insert into outbox_event (id, kind, owner_id, provider_id, occurred_at)
       values (gen_random_uuid(), 'ACCREDITATION_CHANGED', $1, $2, now())`,
      [organisationId(TENANT_CODE.alliance), providerId(COPPERBEECH.provider)],
    );
    await Promise.all(followers.map((follower) => follower.begin()));
  }

  async end(): Promise<void> {
    for (const follower of this.followers) await follower.close();
    await this.database.end();
    await this.accord.stop();
  }

  get #known(): { readonly brent: TestClient; readonly barnet: TestClient } {
    if (!this.#clients) throw new Error('No gateway is in use yet.');
    return this.#clients;
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // A restart of PostgreSQL ends it, and nobody asks it anything then.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
