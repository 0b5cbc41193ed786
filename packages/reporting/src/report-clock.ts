import { findAlliance, type ClockTurn } from '@accord/access';
import { londonDate } from '@accord/kernel';
import { execute, lockName, TenantTransaction } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { figureRows } from './figure-rows.js';
import { monthAfter, monthOf, type Month } from './month.js';
import { countAll, type Counted } from './report-count.js';

/**
 * Counts for the reports: the month that is running once a day, and the one before it once more when it is over. Then
 * its figures are published, and never counted again. A month in which no clock was turned has none.
 *
 * Each organisation's own is counted in its name, behind its row policies; what comes of it is written in the alliance's.
 * @param orm of the worker's role, with the schedule's entities. @param now the moment to work for.
 */
export async function turnReportClock(orm: MikroORM, now: Date): Promise<ClockTurn> {
  const nobody = { told: 0, faults: [] };
  const allianceId = await findAlliance(orm);
  if (allianceId === undefined) return nobody;
  const day = londonDate(now);
  const running = monthOf(day);
  const inAlliance = { tenantId: allianceId, callerId: null };
  const open = await TenantTransaction.run(orm, inAlliance, 'read', (em) => notCounted(em, running, day));
  for (const [month, counted] of await countAll(orm, allianceId, open, day))
    await TenantTransaction.run(orm, inAlliance, 'write', (em) =>
      write(em, allianceId, { month, day, isFinal: month !== running }, counted),
    );
  return nobody;
}

/** Which months are to be counted on a day. */
async function notCounted(em: EntityManager, running: Month, day: string): Promise<Month[]> {
  const rows = await execute<{ month: string; as_at: string; is_final: boolean }>(
    em,
    `select month::text as month, as_at::text as as_at, is_final from report_month where month >= ?::date`,
    [monthAfter(running, -1)],
  );
  const known = new Map(rows.map((row) => [row.month, row]));
  return [monthAfter(running, -1), running].filter((month) => {
    const { as_at: asAt, is_final: isFinal } = known.get(month) ?? {};
    return isFinal !== true && (month !== running || asAt === undefined || asAt < day);
  });
}

interface At {
  readonly month: Month;
  readonly day: string;
  readonly isFinal: boolean;
}

async function write(em: EntityManager, allianceId: string, at: At, counted: Counted): Promise<void> {
  await lockName(em, 'reports');
  const { month, day, isFinal } = at;
  const [known] = await execute<{ as_at: string; is_final: boolean }>(
    em,
    'select as_at::text as as_at, is_final from report_month where month = ?',
    [month],
  );
  // Another worker was here meanwhile.
  if (known && (known.is_final || (!isFinal && known.as_at >= day))) return;
  await execute(em, 'delete from report_share where month = ?', [month]);
  await insert(em, 'report_share', 'organisation_id uuid, ', month, sharesOf(counted));
  if (isFinal) {
    const { region, boroughs } = figureRows(allianceId, counted);
    await insert(em, 'report_region', '', month, region);
    await insert(em, 'report_borough', 'borough_id uuid, ', month, boroughs);
  }
  // Last: from then on the policies let nobody count it anew.
  await execute(
    em,
    `insert into report_month (month, as_at, is_final, returns, boroughs) values (?, ?, ?, ?, ?)
     on conflict (month) do update set as_at = excluded.as_at, is_final = excluded.is_final,
       returns = excluded.returns, boroughs = excluded.boroughs`,
    [month, day, isFinal, isFinal ? counted.returned.size : null, counted.boroughs.size],
  );
}

/** @param whose the column that says whose figures they are, with its type. */
async function insert(
  em: EntityManager,
  table: string,
  whose: string,
  month: Month,
  rows: readonly object[],
): Promise<void> {
  const columns = `kind, ${whose.replace(' uuid', '')}category, number`;
  await execute(
    em,
    `insert into ${table} (month, ${columns})
     select ?::date, ${columns} from jsonb_to_recordset(?::jsonb) as r(kind text, ${whose}category text, number int)`,
    [month, JSON.stringify(rows)],
  );
}

const sharesOf = ({ shares }: Counted): object[] =>
  [...shares].flatMap(([kind, own]) =>
    [...own].flatMap(([organisation_id, tally]) =>
      Object.entries(tally).map(([category, number]) => ({ kind, organisation_id, category, number })),
    ),
  );
