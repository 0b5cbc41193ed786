import { accessFeature, audienceOf } from '@accord/access';
import { createBenchWorld, organisationId } from '@accord/infra';
import { createOrm } from '@accord/persistence';
import type { TestDatabase } from '@accord/testkit';
import pg from 'pg';

export interface FlagToRaise {
  /** The subject of whoever raises it. */
  readonly by: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly level: 'BOROUGHS_CONCERNED' | 'ALLIANCE';
}

const KINDS = ['SAFEGUARDING_CONCERN', 'LEADERSHIP_GAP', 'PREMISES_UNSAFE', 'CLOSURE_RISK'];
const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** Some user of each may share with others. */
const MOST_USED_HOMES = 120;

/** So many flags, levels in turn, on the homes that most boroughs use, by one of these boroughs. */
export function flagsToRaise(count: number, boroughCodes: readonly string[]): FlagToRaise[] {
  const codes = new Map(boroughCodes.map((code) => [organisationId(code), code]));
  const placed = (createBenchWorld()['placement_number'] ?? []).filter(
    (row) => row['home_id'] !== null && row['young_people'] !== 0,
  );
  const byHome = [...Map.groupBy(placed, (row) => String(row['home_id'])).values()]
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MOST_USED_HOMES);
  return Array.from({ length: count }, (_, index) => {
    const users = byHome[index % byHome.length] ?? [];
    const row = users.find((use) => codes.has(String(use['borough_id'])));
    const level = index % 2 === 0 ? 'BOROUGHS_CONCERNED' : 'ALLIANCE';
    return {
      by: `${codes.get(String(row?.['borough_id']))?.toLowerCase()}-placements`,
      level,
      input: {
        providerId: row?.['provider_id'],
        homeId: row?.['home_id'],
        kind: KINDS[index % KINDS.length],
        severity: SEVERITIES[index % SEVERITIES.length],
        summary: `Flag ${index + 1} of the measurement.`,
        sharing: { level, reason: 'Measurement' },
        idempotencyKey: `measurement-${index + 1}`,
      },
    };
  });
}

/** When something of each flag was committed, by the database's own clock, in milliseconds since 1970. */
export interface Times {
  readonly committed: ReadonlyMap<string, number>;
  /** The event of its raising got its place, and gateways were told. */
  readonly placed: ReadonlyMap<string, number>;
}

export async function timesOf({ urls }: TestDatabase, flagIds: readonly string[]): Promise<Times> {
  const client = new pg.Client({ connectionString: urls.superuser });
  await client.connect();
  const times = async (select: string) => {
    const { rows } = await client.query<{ id: string; at: string }>(select, [flagIds]);
    return new Map(rows.map(({ id, at }) => [id, Number(at)]));
  };
  const at = (row: string) => `extract(epoch from pg_xact_commit_timestamp(${row}.xmin)) * 1000 as at`;
  const committed = await times(`select s.id, ${at('s')} from sharing s where s.id = any($1::uuid[])`);
  const placed = await times(
    `select distinct on (e.sharing_id) e.sharing_id as id, ${at('a')}
     from outbox_event e join event_audience a on a.position = e.position where e.sharing_id = any($1::uuid[])`,
  );
  await client.end();
  return { committed, placed };
}

/** The tenants that may know of each flag, as Accord's own definition of the audience has it. */
export async function audiences({ urls }: TestDatabase, flagIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const orm = await createOrm({ url: urls.worker, entities: accessFeature.entities, pool: 1 });
  const knows = await orm.em.fork().transactional((em) => audienceOf(em, flagIds));
  await orm.close();
  const byFlag = Map.groupBy(knows, ({ sharingId }) => sharingId);
  return new Map([...byFlag].map(([id, all]) => [id, new Set(all.map(({ tenantId }) => tenantId))]));
}
