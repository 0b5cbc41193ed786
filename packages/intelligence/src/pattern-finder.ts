import { newId } from '@accord/kernel';
import { AlertKind, findAlliance } from '@accord/access';
import {
  array,
  asAudience,
  execute,
  lockName,
  lockProviders,
  recordEvent,
  TenantTransaction,
  TODAY,
} from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { FEWEST_BOROUGHS } from './pattern.service.js';

interface Found {
  provider_id: string;
  items: string[];
  owners: string[];
}

/**
 * Opens a review for every provider on which at least three boroughs hold what may count: marked so by its owner,
 * living, not faded, never from the police, never with its source at risk, never shared by name alone (TLP:RED).
 * What was part of a review before does not open another by itself. Found on ids, levels and dates of all boroughs;
 * nobody but the safeguarding lead hears of it.
 * @param orm of the worker.
 * @returns how many were opened.
 */
export async function findPatterns(orm: MikroORM): Promise<number> {
  const allianceId = await findAlliance(orm);
  if (allianceId === undefined) return 0;
  return TenantTransaction.run(orm, { tenantId: allianceId, callerId: null }, 'write', async (em) => {
    await lockName(em, 'patterns of concern');
    const providerIds = (await find(em, null)).map((pattern) => pattern.provider_id);
    if (providerIds.length === 0) return 0;
    await lockProviders(em, providerIds);
    // Anew under their locks: one of them may have been merged meanwhile, and is then found in the next round.
    const found = await find(em, providerIds);
    for (const { provider_id: providerId, items, owners } of found) {
      const reviewId = newId();
      await execute(em, 'insert into pattern_review (id, provider_id) values (?, ?)', [reviewId, providerId]);
      await execute(
        em,
        `insert into pattern_part (review_id, item_id, owner_id)
         select ?, item, owner from unnest(?::uuid[], ?::uuid[]) as t(item, owner)`,
        [reviewId, array(items), array(owners)],
      );
      const event = { kind: AlertKind.PATTERN_FOUND, ownerId: allianceId, providerId, homeId: null, sharingId: null };
      await recordEvent(em, { ...event, recipients: [allianceId] }, new Date());
    }
    return found.length;
  });
}

/** Patterns that are not under review. @param among the providers looked at; all where null. */
const find = (em: EntityManager, among: readonly string[] | null): Promise<Found[]> =>
  asAudience<Found>(
    em,
    `select s.provider_id, array_agg(k.item_id::text order by k.item_id) as items,
       array_agg(s.owner_id::text order by k.item_id) as owners
     from intelligence_keeping k join sharing s on s.id = k.item_id
     where k.may_count and not k.police_originated and not k.source_at_risk and k.counts_until > ${TODAY}
       and s.ended_at is null and s.level <> 'NAMED'
       and (?::uuid[] is null or s.provider_id = any(?::uuid[]))
       and not exists (select from pattern_review r
                       where r.provider_id = s.provider_id and r.state in ('FOUND', 'ASKING'))
     group by s.provider_id
     having count(distinct s.owner_id) >= ${FEWEST_BOROUGHS}
       and bool_or(not exists (select from pattern_part p where p.item_id = k.item_id))`,
    [among && array(among), among && array(among)],
  );
