import { createKey, Role } from '@accord/access';
import { newId } from '@accord/kernel';
import {
  captureQueue,
  TestClient,
  TestDeployment,
  until,
  type GatewayProcess,
  type QueueCapture,
} from '@accord/testkit';
import pg from 'pg';
import type { Marks } from './marks.js';
import { insertion } from './world.js';

/** Every role that reads anything at all, of either kind of organisation. */
const ROLES = {
  BOROUGH: [Role.PLACEMENTS, Role.QUALITY, Role.INFORMATION_GOVERNANCE, Role.BOROUGH_ADMIN],
  ALLIANCE: [Role.ACCREDITATION_OFFICER, Role.ACCREDITATION_LEAD, Role.ALLIANCE_SAFEGUARDING_LEAD, Role.ALLIANCE_ADMIN],
} as const;

/** Somebody of an organisation who may read all that it may. */
export interface Reader {
  readonly code: string;
  readonly organisationId: string;
  readonly client: TestClient;
}

/** Accord in processes on the example world, with a reader in every organisation, and all that it writes anywhere. */
export class CanaryScene {
  private constructor(
    readonly accord: TestDeployment,
    readonly gateway: GatewayProcess,
    readonly queue: QueueCapture,
    readonly readers: readonly Reader[],
    private readonly superuser: pg.Client,
  ) {}

  static async start(): Promise<CanaryScene> {
    const accord = await TestDeployment.start({ variables: { LOG_LEVEL: 'trace', NODE_ENV: 'production' } });
    const [gateway] = await Promise.all([accord.startGateway(), accord.startWorker()]);
    const superuser = new pg.Client({ connectionString: accord.ground.database.urls.superuser });
    await superuser.connect();
    const queue = await captureQueue(accord.ground);
    const { rows } = await superuser.query<{ id: string; code: string; kind: keyof typeof ROLES }>(
      'select id, code, kind from organisation order by code',
    );
    const readers: Reader[] = [];
    for (const { id, code, kind } of rows) {
      const client = new TestClient(gateway.url, `Bearer ${await addMachine(superuser, id, ROLES[kind])}`);
      readers.push({ code, organisationId: id, client });
    }
    return new CanaryScene(accord, gateway, queue, readers, superuser);
  }

  async stop(): Promise<void> {
    await this.queue.stop();
    await this.superuser.end();
    await this.accord.stop();
  }

  reader(code: string): Reader {
    const found = this.readers.find((reader) => reader.code === code);
    if (!found) throw new Error(`There is no organisation ${code}.`);
    return found;
  }

  async sql<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
    return (await this.superuser.query<T>(text)).rows;
  }

  /** In which tables of the product which marks stand. */
  async where<Name extends string>(marks: Marks<Name>): Promise<Record<string, Name[]>> {
    const tables = await this.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    );
    const found: Record<string, Name[]> = {};
    for (const { name } of tables) {
      const rows = await this.sql<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
      const here = marks.in(rows.map(({ row }) => row).join('\n'));
      if (here.length > 0) found[name] = here;
    }
    return found;
  }

  /** Everything that the processes wrote. */
  get log(): string {
    return this.accord.processes.map(({ output }) => output).join('\n');
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.gateway.url}/metrics`)).text();
  }

  /** Resolves when the worker has told everybody. */
  async settled(): Promise<void> {
    await until(async () => {
      const waiting = await this.sql(
        'select from outbox_event where handled_at is null or handed_over_at is null limit 1',
      );
      return waiting.length === 0;
    }, 15_000);
  }
}

/** @returns the secret of its key. */
async function addMachine(superuser: pg.Client, tenantId: string, roles: readonly Role[]): Promise<string> {
  const [id, keyId, now] = [newId(), newId(), new Date()];
  const { shown, secretHash } = createKey(tenantId, keyId);
  const principal = { id, tenant_id: tenantId, kind: 'MACHINE', subject: id, display_name: 'Reader', roles };
  const key = { id: keyId, tenant_id: tenantId, principal_id: id, label: 'Canary', secret_hash: secretHash };
  for (const { text, values } of [
    insertion('principal', { ...principal, created_at: now }),
    insertion('machine_key', { ...key, created_at: now, expires_at: new Date(now.getTime() + 86_400_000) }),
  ])
    await superuser.query(text, values);
  return shown;
}
