import { randomUUID } from 'node:crypto';
import { accessFeature } from '@accord/access';
import { AccreditationStage, StageOutcome, turnAccreditationClock, type Turn } from '@accord/accreditation';
import { providerId } from '@accord/infra';
import { createOrm } from '@accord/persistence';
import { createTestDatabase, EXAMPLE_WORLD, until, type TestDatabase } from '@accord/testkit';
import type { AccreditationStatus } from '@accord/providers';
import pg from 'pg';
import { StaffRoom, type Desk } from './staff.js';

type WorkerOrm = Awaited<ReturnType<typeof createOrm>>;

export const newKey = () => ({ idempotencyKey: randomUUID() });

interface Standing {
  readonly status: string;
  readonly effective_from: string;
  readonly review_due: string | null;
}

/** Asked in the transaction that holds the lock: activity is a snapshot there, locks are not. */
const WAITERS = `select from pg_locks l where not l.granted and l.pid <> pg_backend_pid()
  and pg_backend_pid() = any(pg_blocking_pids(l.pid))`;

/** One provider of the example world whose file is written at moments that the test chooses. */
export class Fernlock {
  readonly id = providerId('Fernlock Living Ltd');

  private constructor(
    private readonly database: TestDatabase,
    private readonly room: StaffRoom,
    private readonly owner: pg.Client,
    private readonly workers: readonly WorkerOrm[],
  ) {}

  static async open(): Promise<Fernlock> {
    const database = await createTestDatabase(EXAMPLE_WORLD);
    const owner = new pg.Client({ connectionString: database.urls.superuser });
    await owner.connect();
    const worker = () => createOrm({ url: database.urls.worker, entities: accessFeature.entities, pool: 2 });
    return new Fernlock(database, await StaffRoom.open(database), owner, [await worker(), await worker()]);
  }

  /** Its file begins anew: it has applied and passed all stages. The other providers have no files then. */
  async begin(moment: string): Promise<void> {
    const tables = await this.rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_name like 'accreditation%'`,
    );
    for (const { name } of tables) await this.owner.query(`delete from ${name}`);
    await this.owner.query('delete from event_audience; delete from outbox_event');
    this.at(moment);
    const providerOf = { providerId: this.id };
    await this.as('alliance-accreditation', ({ accreditation }) => accreditation.apply({ ...providerOf, ...newKey() }));
    for (const stage of Object.values(AccreditationStage)) {
      const assessed = { ...providerOf, stage, outcome: StageOutcome.PASSED, expectedVersion: await this.version() };
      await this.as('alliance-accreditation', ({ accreditation }) =>
        accreditation.assess({ ...assessed, ...newKey() }),
      );
    }
  }

  async close(): Promise<void> {
    for (const worker of this.workers) await worker.close();
    await this.owner.end();
    await this.room.close();
    await this.database.drop();
  }

  /** The moment of the next acts. */
  at(moment: string): void {
    this.room.now = new Date(moment);
  }

  as<T>(persona: string, act: (desk: Desk) => Promise<T>): Promise<T> {
    return this.room.as(persona, act);
  }

  /** @param worker the first or the second. */
  turn(moment: string, worker = 0): Promise<Turn> {
    const orm = this.workers[worker];
    if (!orm) throw new Error('There are two workers.');
    return turnAccreditationClock(orm, new Date(moment));
  }

  /** Holds the provider's lock until so many acts wait for it, so that each has looked before any could write. */
  async whileLocked<T>(waiting: number, begin: () => Promise<T>[]): Promise<T[]> {
    await this.owner.query('begin');
    await this.owner.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`provider ${this.id}`]);
    const acts = Promise.all(begin());
    await until(async () => (await this.rows(WAITERS)).length === waiting);
    await this.owner.query('commit');
    return acts;
  }

  async propose(
    status: AccreditationStatus,
    more: { effectiveFrom?: string; reviewDue?: string } = {},
  ): Promise<string> {
    const proposed = { providerId: this.id, status, reason: 'As the file says', expectedVersion: await this.version() };
    return this.as('alliance-accreditation', ({ decisions }) =>
      decisions.propose({ ...proposed, ...more, ...newKey() }),
    );
  }

  approve(decisionId: string, persona = 'alliance-lead'): Promise<string> {
    return this.as(persona, ({ decisions }) => decisions.approve({ decisionId, reason: 'Agreed', ...newKey() }));
  }

  suspend(): Promise<string> {
    const suspended = { providerId: this.id, reason: 'Feared harm' };
    return this.as('alliance-lead', ({ decisions }) => decisions.suspendInterim({ ...suspended, ...newKey() }));
  }

  async standing(): Promise<Standing | undefined> {
    const sql =
      'select status, effective_from::text, review_due::text from accreditation_standing where provider_id = $1';
    return (await this.rows<Standing>(sql, [this.id]))[0];
  }

  async version(): Promise<number> {
    const sql = 'select version from accreditation_file where provider_id = $1';
    return (await this.rows<{ version: number }>(sql, [this.id]))[0]?.version ?? 1;
  }

  events(kind: string): Promise<{ recipients: string[] | null }[]> {
    return this.rows('select recipients from outbox_event where provider_id = $1 and kind = $2', [this.id, kind]);
  }

  async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.owner.query(sql, values)).rows as T[];
  }
}
