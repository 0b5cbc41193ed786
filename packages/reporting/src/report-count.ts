import { readAsAudience, TenantTransaction, type Tally } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { DEFINITIONS, REPORT_KINDS } from './definition.js';
import type { Month } from './month.js';
import type { ReportKind } from './vocabulary.js';

/** By kind of report, then by organisation; of all organisations, those that have none among them. */
export type Counted = ReadonlyMap<ReportKind, Map<string, Tally>>;

/**
 * Counts what each organisation has, in its name and behind its row policies.
 * @param months for which; how things stand on the day is counted once for all of them.
 */
export async function countAll(
  orm: MikroORM,
  allianceId: string,
  months: readonly Month[],
  day: string,
): Promise<Map<Month, Counted>> {
  const counted = new Map(
    months.map((month) => [month, new Map(REPORT_KINDS.map((kind) => [kind, new Map<string, Tally>()]))]),
  );
  if (months.length === 0) return counted;
  // One that is suspended is counted, too: without it, the figures of two months would tell its own.
  const organisations = await readAsAudience<{ id: string }>(orm, 'select id from organisation order by id');
  for (const { id } of organisations)
    await TenantTransaction.run(orm, { tenantId: id, callerId: null }, 'read', async (em) => {
      for (const kind of REPORT_KINDS) {
        const tallies = await tallyOf(kind, em, id, id === allianceId, months, day);
        months.forEach((month, at) =>
          counted
            .get(month)
            ?.get(kind)
            ?.set(id, tallies[at] ?? {}),
        );
      }
    });
  return counted;
}

/** What an organisation has of one kind, for each month. */
async function tallyOf(
  kind: ReportKind,
  em: EntityManager,
  id: string,
  isAlliance: boolean,
  months: readonly Month[],
  day: string,
): Promise<Tally[]> {
  const { of, tally } = DEFINITIONS[kind];
  if (isAlliance ? of === 'BOROUGHS' : of === 'REGISTER') return [];
  if ('onDay' in tally) {
    const onDay = await tally.onDay(em, id, day);
    return months.map(() => onDay);
  }
  const { ofMonth } = tally;
  return Promise.all(months.map((month) => ofMonth(em, id, month)));
}
