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

/** So many flags, levels in turn, on the homes that most boroughs use, by one of these boroughs. */
export function flagsToRaise(count: number, boroughCodes: readonly string[]): FlagToRaise[] {
  const codes = new Map(boroughCodes.map((code) => [organisationId(code), code]));
  const placed = (createBenchWorld()['placement_number'] ?? []).filter(
    (row) => row['home_id'] !== null && row['young_people'] !== 0,
  );
  const byHome = [...Map.groupBy(placed, (row) => String(row['home_id'])).values()].toSorted(
    (one, other) => other.length - one.length,
  );
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

/** When each of these flags was committed, by the database's own clock, in milliseconds since 1970. */
export async function commitTimes({ urls }: TestDatabase, flagIds: readonly string[]): Promise<Map<string, number>> {
  const client = new pg.Client({ connectionString: urls.superuser });
  await client.connect();
  const { rows } = await client.query<{ id: string; at: string }>(
    'select id, extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000 as at from sharing where id = any($1::uuid[])',
    [flagIds],
  );
  await client.end();
  return new Map(rows.map(({ id, at }) => [id, Number(at)]));
}

/** The tenants that may know of each flag, as Accord's own definition of the audience has it. */
export async function audiences({ urls }: TestDatabase, flagIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const orm = await createOrm({ url: urls.worker, entities: accessFeature.entities, pool: 1 });
  const knows = await orm.em.fork().transactional((em) => audienceOf(em, flagIds));
  await orm.close();
  const byFlag = Map.groupBy(knows, ({ sharingId }) => sharingId);
  return new Map([...byFlag].map(([id, all]) => [id, new Set(all.map(({ tenantId }) => tenantId))]));
}
