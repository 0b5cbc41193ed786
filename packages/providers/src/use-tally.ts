import { readTally, type Tally } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Where nothing is recorded: no application, no arrangement. */
export const NONE_RECORDED = 'NONE_RECORDED';

/** Providers of the register by where they stand with the accreditation, each once. */
export const tallyRegister = (em: EntityManager): Promise<Tally> =>
  readTally(
    em,
    `select s.status as category, count(*)::int as number
     from accreditation_standing s join provider p on p.id = s.provider_id group by 1`,
    [],
  );

/** Which providers a borough uses. Binds its id. */
const USED = 'select distinct provider_id from placement_number where borough_id = ? and places_there';

/** Providers that the tenant's borough uses, by where they stand. */
export const tallyUseByStanding = (em: EntityManager, boroughId: string): Promise<Tally> =>
  readTally(
    em,
    `select coalesce(s.status, '${NONE_RECORDED}') as category, count(*)::int as number
     from (${USED}) used left join accreditation_standing s on s.provider_id = used.provider_id group by 1`,
    [boroughId],
  );

/** Providers that the tenant's borough uses, by the route of an arrangement that holds on a day; by each where there are several. */
export const tallyUseByRoute = (em: EntityManager, boroughId: string, day: string): Promise<Tally> =>
  readTally(
    em,
    `select coalesce(a.route, '${NONE_RECORDED}') as category, count(distinct used.provider_id)::int as number
     from (${USED}) used left join commissioning_arrangement a on a.provider_id = used.provider_id
       and a.borough_id = ? and a.starts_on <= ?::date and (a.ends_on is null or a.ends_on > ?::date)
     group by 1`,
    [boroughId, boroughId, day, day],
  );
