import { readAsAudience, TenantTransaction, type Tally } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { DEFINITIONS, REPORT_KINDS } from './definition.js';
import { returnsOf, type Month } from './month.js';
import { isReturnGiven, tallyPaid } from './placement-return/return-tally.js';
import type { ReportKind } from './vocabulary.js';

/** What was counted for a month. */
export interface Counted {
  /** By kind of report, then by organisation; of all organisations, those that have none among them. */
  readonly shares: ReadonlyMap<ReportKind, Map<string, Tally>>;
  /** For how many placements of each organisation's return something is paid. */
  readonly paid: Map<string, Tally>;
  /** The boroughs whose return is there, and all there are. */
  readonly returned: Set<string>;
  readonly boroughs: Set<string>;
}

const nothing = (): Counted => ({
  shares: new Map(REPORT_KINDS.map((kind) => [kind, new Map<string, Tally>()])),
  paid: new Map(),
  returned: new Set(),
  boroughs: new Set(),
});

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
  const counted = new Map(months.map((month) => [month, nothing()]));
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
            ?.shares.get(kind)
            ?.set(id, tallies[at] ?? {}),
        );
      }
      if (id !== allianceId) for (const [month, of] of counted) await countReturn(em, id, returnsOf(month), of);
    });
  return counted;
}

/** Notes whether a borough's return is there, and for how many placements of it something is paid. */
async function countReturn(em: EntityManager, id: string, month: Month, counted: Counted): Promise<void> {
  counted.boroughs.add(id);
  counted.paid.set(id, await tallyPaid(em, id, month));
  if (await isReturnGiven(em, id, month)) counted.returned.add(id);
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
