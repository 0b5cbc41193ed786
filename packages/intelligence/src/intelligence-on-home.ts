import { execute, TODAY } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What a placement check may know of soft intelligence: that it is there, and on how many sources it rests (rules 15). */
export interface IntelligenceOnHome {
  readonly items: readonly { readonly id: string; readonly version: number }[];
  /** Organisations that wrote or corroborated one of them. */
  readonly sources: number;
  /** How many items nobody else has seen, too. */
  readonly fromOneSource: number;
  /** The last day on which something of it was observed. */
  readonly latestOn: string | null;
}

/**
 * Live items on a home and on its provider that the caller's tenant may see, without a word of them; what has faded, and
 * what is good to hear, does not count.
 */
export async function intelligenceOnHome(
  em: EntityManager,
  providerId: string,
  homeId: string,
): Promise<IntelligenceOnHome> {
  const rows = await execute<{ id: string; version: number; observed_on: string; sources: string[] }>(
    em,
    `select i.id, i.version, i.observed_on::text as observed_on,
       array(select s.owner_id union select c.organisation_id from corroboration c
         where c.item_id = i.id and c.kind = 'SEEN_HERE_TOO') as sources
     from sharing s join intelligence_item i on i.id = s.id
     where s.kind = 'INTELLIGENCE' and s.ended_at is null and s.provider_id = ? and (s.home_id is null or s.home_id = ?)
       and i.category <> 'POSITIVE_PRACTICE' and i.review_on > ${TODAY}
     order by i.observed_on desc, i.id`,
    [providerId, homeId],
  );
  return {
    items: rows.map(({ id, version }) => ({ id, version })),
    sources: new Set(rows.flatMap((row) => row.sources)).size,
    fromOneSource: rows.filter((row) => row.sources.length === 1).length,
    latestOn: rows[0]?.observed_on ?? null,
  };
}
