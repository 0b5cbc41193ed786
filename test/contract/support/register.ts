import { loadExampleWorld, organisationId } from '@accord/infra';
import { createOrm, withClient } from '@accord/persistence';
import type { ColumnMeaning, ImportCount, ImportReport } from '@accord/providers';
import { importFile, regulatorFeature, type FileReport } from '@accord/regulator';
import { createTestDatabase, type TestDatabase, type World } from '@accord/testkit';

const BOROUGHS_ALONE: World = {
  key: 'example world without the regulator',
  load: async ({ owner }) => void (await loadExampleWorld(owner, () => undefined)),
};

/** A registration with its provider, and its home where it is a home's. */
interface Registered {
  readonly provider: string;
  readonly home: string | null;
  readonly status: string;
  readonly [fact: string]: unknown;
}

interface HowToBring {
  readonly organisation?: string;
  readonly meanings?: readonly ColumnMeaning[];
  readonly asAt?: string;
  readonly dryRun?: boolean;
  readonly now?: Date;
}

/** A register with the fictional providers alone, to bring files into. */
export class Register {
  constructor(private readonly database: TestDatabase) {}

  static async open(): Promise<Register> {
    return new Register(await createTestDatabase(BOROUGHS_ALONE));
  }

  get gatewayUrl(): string {
    return this.database.urls.gateway;
  }

  close(): Promise<void> {
    return this.database.drop();
  }

  /** Imports in the name of an organisation. */
  async bringIn(
    content: string | Buffer,
    { organisation = 'ALLIANCE', now, ...how }: HowToBring = {},
  ): Promise<FileReport> {
    const orm = await createOrm({ url: this.gatewayUrl, entities: regulatorFeature.entities, pool: 2 });
    try {
      const facts = { fileName: 'test.csv', content: Buffer.from(content), requestedBy: 'Test' };
      const file = { ...facts, meanings: how.meanings ?? [], asAt: how.asAt ?? null, dryRun: how.dryRun ?? false };
      return await importFile(orm, organisationId(organisation), file, now === undefined ? {} : { now: () => now });
    } finally {
      await orm.close();
    }
  }

  /** Asks as the superuser, whom no policy binds. */
  async query<T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    return withClient(this.database.urls.superuser, async (client) => (await client.query<T>(sql, [...values])).rows);
  }

  /** Every row of the register, with versions and times, to see whether anything changed. */
  async everything(): Promise<unknown> {
    const tables = ['provider', 'home', 'registration', 'inspection', 'provider_search', 'outbox_event'];
    const rows: Record<string, unknown> = {};
    for (const table of tables) rows[table] = await this.query(`select * from ${table} x order by x::text`);
    return rows;
  }

  async registered(urn: string): Promise<Registered> {
    const [row] = await this.query<Registered>(
      `select p.name as provider, p.trading_names, p.postcode as provider_postcode, h.name as home, h.address, h.postcode,
         h.beds, h.placement_types, h.local_authority, b.name as host, r.category, r.status, r.registered_on::text
       from registration r join provider p on p.id = r.provider_id
       left join home h on h.id = r.home_id left join organisation b on b.id = h.host_borough_id
       where r.regulator = 'OFSTED' and r.reference = $1`,
      [urn],
    );
    if (!row) throw new Error(`${urn} is not registered.`);
    return row;
  }
}

export const counts = ({ providers, homes, registrations, inspections }: ImportReport) => ({
  providers,
  homes,
  registrations,
  inspections,
});
export const added = (number: number): ImportCount => ({ added: number, changed: 0, unchanged: 0 });
export const unchanged = (number: number): ImportCount => ({ added: 0, changed: 0, unchanged: number });
