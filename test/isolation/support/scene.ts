import { createKey, Role, type SharingLevel } from '@accord/access';
import { FlagKind, Severity } from '@accord/flags';
import { fingerprint, newId } from '@accord/kernel';
import { countQueuedJobs, TestAccord, until, type TestClient } from '@accord/testkit';
import pg from 'pg';
import { COURT, insertion, ISOLATION_WORLD, JUNIPERFIELD, JUNIPERWOOD, TENANT, type TenantName } from './world.js';

/** A digest of the rows of every table, by table, and how many jobs were ever put into the queue. */
export type Footprint = Readonly<Record<string, string>>;

export interface FlagFacts {
  readonly owner?: TenantName;
  readonly home?: string | null;
  readonly level?: `${SharingLevel}`;
  readonly named?: readonly { readonly borough?: TenantName; readonly group?: string }[];
  readonly anonymous?: boolean;
  readonly outcome?: 'RESOLVED' | 'WITHDRAWN' | null;
}

/** How an item of intelligence is shared. */
export interface ItemFacts {
  readonly owner?: TenantName;
  readonly home?: string | null;
  readonly level?: `${SharingLevel}`;
  readonly named?: FlagFacts['named'];
  readonly anonymous?: boolean;
  readonly mayBeAskedFor?: boolean;
  readonly granted?: readonly {
    readonly to: TenantName;
    readonly urgent?: boolean;
    readonly state?: 'ended' | 'revoked';
  }[];
  /** Those to whom the police consented; undefined for what is not theirs. */
  readonly consent?: readonly TenantName[];
  readonly withdrawn?: boolean;
}

/** A machine of a tenant that signs in with a key, and what it takes to revoke it. */
export interface Machine {
  readonly client: TestClient;
  readonly principalId: string;
  readonly keyId: string;
}

/** The people whom the example world has of a tenant; the others send a machine that has a dashboard's role. */
const PEOPLE: Partial<Record<TenantName, string>> = {
  brent: 'brent-placements',
  barnet: 'barnet-placements',
  city: 'city-commissioning',
  havering: 'havering-quality',
  ealing: 'ealing-placements',
  alliance: 'alliance-safeguarding',
};

export const SUMMARY = 'Two staff left in one night and nobody was told.';
export const DETAIL = 'Named nobody; told by our visiting officer.';
export const CONDITIONS = 'Not to be told to the provider yet.';
export const OUTCOME_REASON = 'Staffing was put right and seen by us.';
export const ITEM_SUMMARY = 'Agency staff every night; nobody knew the fire plan.';
export const PATTERN_WORDS = 'Several boroughs are concerned about night staff.';
export const CORRECTION = 'It was the house next door.';
export const ASKED_BECAUSE = 'We are about to place there.';
export const ITEM_DETAIL = 'A placing worker saw the rota, twice in one week.';
export const WITHDRAWAL_REASON = 'It was another home.';
export const RECORDED_BY = 'Brent quality officer';
export const OBSERVED_ON = '2026-11-01';
export const REVIEW_ON = '2099-01-01';
export const SHARING_REASON = 'Everybody who places there has to know tonight.';

/** A running Accord on the isolation world, and a superuser's view past every row policy. */
export class Scene {
  readonly #callers = new Map<string, Promise<TestClient>>();
  #footprintSql: string | undefined;
  #reliedCopy: Promise<string> | undefined;

  private constructor(
    readonly accord: TestAccord,
    private readonly superuser: pg.Client,
  ) {}

  static async start(variables: Readonly<Record<string, string>> = {}): Promise<Scene> {
    const accord = await TestAccord.start(variables, ISOLATION_WORLD);
    const superuser = new pg.Client({ connectionString: accord.database.urls.superuser });
    await superuser.connect();
    const scene = new Scene(accord, superuser);
    await scene.settled();
    return scene;
  }

  async stop(): Promise<void> {
    await this.superuser.end();
    await this.accord.stop();
  }

  /** Runs a statement as superuser. */
  async sql<T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.superuser.query<T>(text, [...values])).rows;
  }

  /** Somebody of a tenant who may see flags. */
  member(tenant: TenantName): Promise<TestClient> {
    return this.caller(PEOPLE[tenant] ?? `${tenant} ${Role.DASHBOARD}`);
  }

  /** Somebody by the name of a persona (`brent-placements`), or a machine by its tenant and role (`camden PLACEMENTS`). */
  caller(who: string): Promise<TestClient> {
    const known = this.#callers.get(who) ?? this.#findCaller(who);
    this.#callers.set(who, known);
    return known;
  }

  async #findCaller(who: string): Promise<TestClient> {
    const [tenant, role] = who.split(' ') as [TenantName, Role | undefined];
    return role === undefined ? this.accord.as(who) : (await this.machine(tenant, [role])).client;
  }

  /** The ids of what a persona was told of. */
  async notifications(persona: string): Promise<string[]> {
    const rows = await this.sql<{ id: string }>(
      'select n.id from notification n join principal p on p.id = n.recipient_id where p.subject = $1 and n.read_at is null',
      [persona],
    );
    return rows.map((row) => row.id);
  }

  /** Adds a machine with a key to a tenant's directory. */
  async machine(tenant: TenantName, roles: readonly `${Role}`[], validDays = 1): Promise<Machine> {
    const [principalId, keyId, tenantId] = [newId(), newId(), TENANT[tenant]];
    const { shown, secretHash } = createKey(tenantId, keyId);
    const now = new Date();
    await this.insert('principal', {
      id: principalId,
      tenant_id: tenantId,
      kind: 'MACHINE',
      subject: principalId,
      display_name: `Machine of ${tenant}`,
      roles,
      created_at: now,
    });
    await this.insert('machine_key', {
      id: keyId,
      tenant_id: tenantId,
      principal_id: principalId,
      label: 'Isolation',
      secret_hash: secretHash,
      created_at: now,
      expires_at: new Date(now.getTime() + validDays * 86_400_000),
    });
    return { client: this.accord.with(`Bearer ${shown}`), principalId, keyId };
  }

  async insert(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
    const { text, values } = insertion(table, row);
    await this.sql(text, values);
  }

  /** A flag that is there without having been told to anybody. @returns its id. */
  async flag({
    owner = 'brent',
    home = COURT,
    level = 'BOROUGHS_CONCERNED',
    ...facts
  }: FlagFacts = {}): Promise<string> {
    const id = newId();
    const outcome = facts.outcome ?? null;
    await this.insert('sharing', {
      id,
      kind: 'FLAG',
      owner_id: TENANT[owner],
      provider_id: JUNIPERFIELD,
      home_id: home,
      level,
      anonymous: facts.anonymous ?? false,
      existence_known: true,
      severity: Severity.HIGH,
      ended_at: outcome === null ? null : new Date(),
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

  /** An item of intelligence that is there without having been told to anybody. @returns its id. */
  async item({
    owner = 'brent',
    home = COURT,
    level = 'BOROUGHS_CONCERNED',
    ...facts
  }: ItemFacts = {}): Promise<string> {
    const id = newId();
    const own = TENANT[owner];
    const withdrawn = facts.withdrawn === true ? new Date() : null;
    await this.insert('sharing', {
      id,
      kind: 'INTELLIGENCE',
      owner_id: own,
      provider_id: JUNIPERFIELD,
      home_id: home,
      level,
      anonymous: facts.anonymous ?? false,
      existence_known: facts.mayBeAskedFor ?? false,
      ended_at: withdrawn,
      reason: SHARING_REASON,
      conditions: withdrawn === null ? CONDITIONS : null,
      needs_consent: facts.consent !== undefined,
    });
    for (const { borough, group } of facts.named ?? []) {
      const [organisation_id, group_id] = [borough === undefined ? null : TENANT[borough], group ?? null];
      await this.insert('sharing_named', { id: newId(), sharing_id: id, owner_id: own, organisation_id, group_id });
    }
    for (const to of facts.consent ?? []) {
      await this.insert('sharing_consent', { sharing_id: id, owner_id: own, organisation_id: TENANT[to] });
    }
    for (const { to, urgent = false, state } of facts.granted ?? []) {
      await this.insert('sharing_grant', {
        id: newId(),
        sharing_id: id,
        owner_id: own,
        organisation_id: TENANT[to],
        starts_at: new Date(Date.now() - 7_200_000),
        ends_at: new Date(Date.now() + (state === 'ended' ? -3_600_000 : 3_600_000)),
        urgent,
        revoked_at: state === 'revoked' ? new Date() : null,
      });
    }
    const summary = withdrawn === null ? ITEM_SUMMARY : null;
    const dates = { observed_on: OBSERVED_ON, review_on: REVIEW_ON };
    const withdrawal = { withdrawn_at: withdrawn, withdrawal_reason: withdrawn === null ? null : WITHDRAWAL_REASON };
    await this.insert('intelligence_item', { id, category: 'STAFFING', summary, ...dates, ...withdrawal, version: 1 });
    if (withdrawn === null) await this.insert('intelligence_detail', { item_id: id, detail: ITEM_DETAIL });
    await this.insert('intelligence_keeping', {
      item_id: id,
      provider_id: JUNIPERFIELD,
      recorded_by: newId(),
      recorded_by_name: RECORDED_BY,
      recorded_at: new Date(),
      may_count: true,
      source_at_risk: false,
      police_originated: facts.consent !== undefined,
      counts_until: REVIEW_ON,
      delete_on: '2099-01-01',
      delete_at_latest_on: '2099-01-01',
    });
    return id;
  }

  /** A correction that Barnet proposes to an item of Brent's. @returns its id. */
  async correction(): Promise<string> {
    const id = newId();
    const words = { item_id: await this.item(), organisation_id: TENANT.barnet, anonymous: false, words: CORRECTION };
    await this.insert('proposed_correction', { id, ...words });
    return id;
  }

  /** Barnet's request to see what Brent holds; through the alliance where Brent is anonymous. @returns its id. */
  async accessRequest(throughAlliance = false): Promise<string> {
    const id = newId();
    await this.insert('access_request', {
      id,
      item_id: await this.item({ level: 'OWN_BOROUGH', mayBeAskedFor: true, anonymous: throughAlliance }),
      owner_id: TENANT.brent,
      requester_id: TENANT.barnet,
      requested_by: 'Barnet placements officer',
      purpose: 'MONITORING',
      reason: ASKED_BECAUSE,
      asked_at: new Date(),
      through_alliance: throughAlliance,
      state: throughAlliance ? 'WITH_ALLIANCE' : 'ASKED',
    });
    return id;
  }

  /** A sealed copy of an item of Barnet's that Brent relied on, always the same. @returns its id. */
  reliedCopy(): Promise<string> {
    this.#reliedCopy ??= this.#rely();
    return this.#reliedCopy;
  }

  async #rely(): Promise<string> {
    const brent = await this.caller('brent-placements');
    const { relyOnIntelligence } = await brent.data<{ relyOnIntelligence: { copy: { id: string } } }>(
      'mutation($input: RelyOnIntelligenceInput!) { relyOnIntelligence(input: $input) { copy { id } } }',
      {
        input: {
          itemId: await this.item({ owner: 'barnet' }),
          decision: 'PLACEMENT_CHECK',
          reference: 'PC-1',
          idempotencyKey: newId(),
        },
      },
    );
    return relyOnIntelligence.copy.id;
  }

  /** The token of a dry run in which there is something to delete. */
  async deletionToken(): Promise<string> {
    await this.sql(`update intelligence_keeping set delete_on = '2026-01-01' where item_id = $1`, [await this.item()]);
    const due = await this.sql<{ id: string }>(
      `select k.item_id as id from intelligence_keeping k join sharing s on s.id = k.item_id
       join intelligence_item i on i.id = k.item_id
       where s.owner_id = $1 and k.delete_on <= current_date and k.held_at is null and i.deleted_on is null
       order by k.delete_on, k.item_id`,
      [TENANT.brent],
    );
    return fingerprint(due.map((row) => row.id));
  }

  /**
   * A pattern on Juniperwood in which Brent, Barnet and the City are asked, without its having been looked for.
   * @returns the review's id.
   */
  async pattern(state: 'FOUND' | 'ASKING' = 'ASKING', answer = 'PENDING'): Promise<string> {
    const id = newId();
    const words = { summary: PATTERN_WORDS, severity: Severity.HIGH, level: 'ALLIANCE' };
    await this.insert('pattern_review', { id, provider_id: JUNIPERWOOD, state, ...(state === 'ASKING' && words) });
    for (const owner of ['brent', 'barnet', 'city'] as const) {
      const itemId = await this.item({ owner, level: 'OWN_BOROUGH' });
      await this.insert('pattern_part', { review_id: id, item_id: itemId, owner_id: TENANT[owner], answer });
    }
    return id;
  }

  /** A request for disclosure to Brent, which finds what Barnet shared. @returns its id. */
  async disclosureRequest(): Promise<string> {
    const id = newId();
    await this.insert('disclosure_request', {
      id,
      tenant_id: TENANT.brent,
      kind: 'SUBJECT_ACCESS',
      reference: 'SAR-1',
      words: 'rota',
      received_on: '2026-11-02',
      due_on: '2026-12-02',
      is_due_certain: true,
    });
    return id;
  }

  /** What Brent asks Barnet as originator. @returns the consultation's id. */
  async consultation(): Promise<string> {
    const id = newId();
    await this.insert('disclosure_consultation', {
      id,
      request_id: await this.disclosureRequest(),
      tenant_id: TENANT.brent,
      kind: 'SUBJECT_ACCESS',
      item_id: await this.item({ owner: 'barnet' }),
      originator_id: TENANT.barnet,
      anonymous: false,
      due_on: '2026-12-01',
    });
    return id;
  }

  /** Takes an item away as if it had never been there. */
  async removeItem(id: string): Promise<void> {
    const about = ['intelligence_detail', 'intelligence_keeping', 'intelligence_version', 'read_log_entry'];
    for (const table of [
      ...about,
      'corroboration',
      'proposed_correction',
      'access_request',
      'relied_copy',
      'pattern_part',
    ])
      await this.sql(`delete from ${table} where item_id = $1`, [id]);
    await this.sql('delete from intelligence_item where id = $1', [id]);
    for (const table of ['sharing_named', 'sharing_grant', 'sharing_consent'])
      await this.sql(`delete from ${table} where sharing_id = $1`, [id]);
    await this.sql('delete from sharing where id = $1', [id]);
  }

  /** Takes a flag away as if it had never been there. */
  async removeFlag(id: string): Promise<void> {
    for (const table of ['flag_detail', 'flag_acknowledgement'])
      await this.sql(`delete from ${table} where flag_id = $1`, [id]);
    await this.sql('delete from flag where id = $1', [id]);
    await this.sql('delete from sharing_named where sharing_id = $1', [id]);
    await this.sql('delete from sharing where id = $1', [id]);
  }

  /** Resolves when the worker has handled every event, so that nothing changes any more by itself. */
  async settled(): Promise<void> {
    await until(async () => {
      const [row] = await this.sql<{ waiting: number }>(
        'select count(*)::int as waiting from outbox_event where handled_at is null or handed_over_at is null',
      );
      return row?.waiting === 0;
    });
  }

  /**
   * What a request could have left behind: every row of every table, and every job that was ever queued. A
   * refusal is one only when the footprints before and after it are the same.
   */
  async footprint(): Promise<Footprint> {
    this.#footprintSql ??= await this.#writeFootprintSql();
    const rows = await this.sql<{ name: string; digest: string }>(this.#footprintSql);
    const tables = Object.fromEntries(rows.map((row) => [row.name, row.digest]));
    return { ...tables, 'jobs queued': String(await countQueuedJobs(this.accord)) };
  }

  async #writeFootprintSql(): Promise<string> {
    const tables = await this.sql<{ name: string }>(
      // Seals come by themselves, seconds after what they seal, which is here.
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and relname <> 'read_log_seal' order by 1`,
    );
    const digest = `md5(coalesce(string_agg(t::text, chr(10) order by t::text), ''))`;
    return tables
      .map(({ name }) => `select '${name}' as name, (select ${digest} from ${name} t) as digest`)
      .join(' union all ');
  }
}
