import type { SharingLevel } from '@accord/access';
import { FlagKind, Severity } from '@accord/flags';
import { newId } from '@accord/kernel';
import { ROLE } from '@accord/persistence';
import { countQueuedJobs, TestAccord, TestCluster, until } from '@accord/testkit';
import pg from 'pg';
import { CONDITIONS, SHARING_REASON } from './scene-base.js';
import { ItemScene } from './scene-items.js';
import { COURT, ISOLATION_WORLD, JUNIPERFIELD, TENANT, type TenantName } from './world.js';

export * from './scene-base.js';
export * from './scene-items.js';

/** Which rows there are, by table, and how many jobs were ever put into the queue. */
export type Footprint = Readonly<Record<string, string>>;

export interface FlagFacts {
  readonly owner?: TenantName;
  readonly home?: string | null;
  readonly level?: `${SharingLevel}`;
  readonly named?: readonly { readonly borough?: TenantName; readonly group?: string }[];
  readonly anonymous?: boolean;
  readonly outcome?: 'RESOLVED' | 'WITHDRAWN' | null;
}

export const SUMMARY = 'Two staff left in one night and nobody was told.';
export const DETAIL = 'Named nobody; told by our visiting officer.';
export const HOLD_REASON = 'Nobody new there until we have been again.';
export const HOLD_STARTS_ON = '2026-11-02';
export const HOLD_REVIEW_ON = '2099-01-01';
export const HOLD_LIFTED_ON = '2026-11-20';
export const OUTCOME_REASON = 'Staffing was put right and seen by us.';

/** Longer than any suite. A turn of the worker's clock is a job too, and no request's: it would stand in a footprint. */
const NEVER_MS = String(86_400_000);

/** A running Accord on the isolation world, and a superuser's view past every row policy. */
export class Scene extends ItemScene {
  #footprintSql: string | undefined;
  #cluster: TestCluster | undefined;
  /** As they were before the transaction of that number. */
  #tables: { readonly next: string; readonly rows: Footprint } = { next: '', rows: {} };

  /**
   * On a PostgreSQL of its own: transactions are numbered for all databases of a server, so that beside other suites
   * each footprint would have every table looked at again. For a suite that takes them by the thousand.
   */
  static async startAlone(): Promise<Scene> {
    const cluster = await TestCluster.start();
    const scene = await Scene.start({}, cluster);
    scene.#cluster = cluster;
    return scene;
  }

  static async start(variables: Readonly<Record<string, string>> = {}, cluster?: TestCluster): Promise<Scene> {
    const accord = await TestAccord.start({ CLOCK_EVERY_MS: NEVER_MS, ...variables }, ISOLATION_WORLD, cluster);
    const superuser = new pg.Client({ connectionString: accord.database.urls.superuser });
    await superuser.connect();
    // A footprint looks at a hundred small tables: to start helpers takes twenty times as long as to look.
    await superuser.query('set max_parallel_workers_per_gather = 0');
    const scene = new Scene(accord, superuser);
    await scene.settled();
    return scene;
  }

  async stop(): Promise<void> {
    await this.superuser.end();
    await this.accord.stop();
    await this.#cluster?.stop();
  }

  /** A flag that is there without having been told to anybody. @returns its id. */
  async flag({
    owner = 'brent',
    home = COURT,
    level = 'BOROUGHS_CONCERNED',
    ...facts
  }: FlagFacts = {}): Promise<string> {
    const outcome = facts.outcome ?? null;
    const id = await this.#share('FLAG', { owner, home, level, ...facts }, Severity.HIGH);
    await this.insert('flag', {
      id,
      kind: FlagKind.SAFEGUARDING_CONCERN,
      severity: Severity.HIGH,
      summary: SUMMARY,
      outcome,
      outcome_reason: outcome === null ? null : OUTCOME_REASON,
      version: 1,
      raised_at: new Date(),
    });
    await this.insert('flag_detail', { flag_id: id, detail: DETAIL });
    return id;
  }

  /** A hold of the same kinds, lifted where there is an outcome. @returns its id. */
  async hold({
    owner = 'brent',
    home = COURT,
    level = 'BOROUGHS_CONCERNED',
    ...facts
  }: FlagFacts = {}): Promise<string> {
    const isLifted = (facts.outcome ?? null) !== null;
    const id = await this.#share('HOLD', { owner, home, level, ...facts }, null);
    await this.insert('placement_hold', {
      id,
      kind: FlagKind.SAFEGUARDING_CONCERN,
      starts_on: HOLD_STARTS_ON,
      review_on: HOLD_REVIEW_ON,
      reason: HOLD_REASON,
      lifted_on: isLifted ? HOLD_LIFTED_ON : null,
      lift_reason: isLifted ? OUTCOME_REASON : null,
      version: 1,
      decided_at: new Date(),
    });
    return id;
  }

  async #share(
    kind: 'FLAG' | 'HOLD',
    { owner = 'brent', home = COURT, level = 'BOROUGHS_CONCERNED', ...facts }: FlagFacts,
    severity: Severity | null,
  ): Promise<string> {
    const id = newId();
    await this.insert('sharing', {
      id,
      kind,
      owner_id: TENANT[owner],
      provider_id: JUNIPERFIELD,
      home_id: home,
      level,
      anonymous: facts.anonymous ?? false,
      existence_known: true,
      severity,
      ended_at: (facts.outcome ?? null) === null ? null : new Date(),
      reason: SHARING_REASON,
      conditions: CONDITIONS,
    });
    for (const { borough, group } of facts.named ?? []) {
      const [organisation_id, group_id] = [borough === undefined ? null : TENANT[borough], group ?? null];
      await this.insert('sharing_named', {
        id: newId(),
        sharing_id: id,
        owner_id: TENANT[owner],
        organisation_id,
        group_id,
      });
    }
    return id;
  }

  /** Takes a flag or hold away as if it had never been there. */
  async removeFlag(id: string): Promise<void> {
    for (const table of ['flag_detail', 'flag_acknowledgement'])
      await this.sql(`delete from ${table} where flag_id = $1`, [id]);
    for (const table of ['flag', 'placement_hold']) await this.sql(`delete from ${table} where id = $1`, [id]);
    await this.sql('delete from sharing_named where sharing_id = $1', [id]);
    await this.sql('delete from sharing where id = $1', [id]);
  }

  /** Resolves when so many requests wait for a lock that somebody holds. (`pg_locks` would show those of other suites too.) */
  waiting(count: number): Promise<void> {
    return until(async () => {
      const [row] = await this.sql<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and usename = '${ROLE.gateway}' and wait_event_type = 'Lock'`,
      );
      return row?.n === count;
    });
  }

  /** Resolves when the worker has done all there is to do, so that nothing changes any more by itself. */
  settled(): Promise<void> {
    return this.accord.settled(this.superuser);
  }

  /**
   * What a request could have left behind: every row of every table, and every job that was ever queued. A
   * refusal is one only when the footprints before and after it are the same.
   *
   * A table's rows are told by how many they are and by the numbers of the transactions that wrote them: a later
   * one has a greater number, so no write leaves both as they were. While no transaction was given a number,
   * nothing was written, and the tables are not looked at again.
   */
  async footprint(): Promise<Footprint> {
    const [row] = await this.sql<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next');
    const next = row?.next ?? '';
    if (this.#tables.next !== next) this.#tables = { next, rows: await this.#readTables() };
    return { ...this.#tables.rows, 'jobs queued': String(await countQueuedJobs(this.accord, this.superuser)) };
  }

  async #readTables(): Promise<Footprint> {
    this.#footprintSql ??= await this.#writeFootprintSql();
    const rows = await this.superuser.query<{ name: string; rows: string }>({
      name: 'footprint',
      text: this.#footprintSql,
    });
    return Object.fromEntries(rows.rows.map((row) => [row.name, row.rows]));
  }

  async #writeFootprintSql(): Promise<string> {
    const tables = await this.sql<{ name: string }>(
      // Seals come by themselves, seconds after what they seal, which is here.
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and relname <> 'read_log_seal' order by 1`,
    );
    return tables
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) as rows from ${name}`,
      )
      .join(' union all ');
  }
}
