import { readTally, type Tally } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { IS_OVERALL, JudgementScale, SCALES } from './judgement.js';
import { NONE_RECORDED } from './use-tally.js';
import { Regulator } from './vocabulary.js';

const BY: Readonly<Record<Regulator, string>> = { OFSTED: 'Ofsted', CQC: 'CQC' };

const categoryOf = (regulator: Regulator, word: string): string =>
  `${regulator}_${word.toUpperCase().replaceAll(/[^A-Z]+/g, '_')}`;

/** The same in SQL, of an inspection `i` and its judgement `j`. */
const CATEGORY = `upper(regexp_replace(i.regulator || '_' || j.judgement, '[^A-Za-z]+', '_', 'g'))`;

/** The scales that say how a home is, and not whether it has become better. */
const GRADES = Object.values(JudgementScale).filter((scale) => scale !== JudgementScale.OFSTED_INTERIM_EFFECTIVENESS);

/** Every overall judgement there can be, in its regulator's words; scales stay apart. Best first within each. */
export const RATINGS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    GRADES.flatMap((scale) => {
      const { regulator, words } = SCALES[scale];
      return words.map((word) => [categoryOf(regulator, word), `${BY[regulator]}: ${word}`] as const);
    }),
  ),
  [NONE_RECORDED]: 'No overall judgement recorded',
};

/** SQL: the category of a registration `r` is not one of these kinds. */
const isNone = (...kinds: readonly string[]): string => `coalesce(r.category, '') !~* '${kinds.join('|')}'`;
const IS_SUPPORTED = `r.home_id is null and ${isNone('foster', 'adoption')}`;
const IS_AGENCY = `r.home_id is null and ${isNone('supported', 'adoption')}`;

/**
 * What the tenant's borough uses, by the latest overall judgement: homes that are registered themselves, and otherwise
 * the provider, once, whose registration stands for its homes (supported accommodation) or carers (fostering).
 */
export const tallyUseByRating = (em: EntityManager, boroughId: string): Promise<Tally> =>
  readTally(
    em,
    `with used as (
       select distinct n.home_id is null
           and exists (select from registration r where r.provider_id = n.provider_id and ${IS_AGENCY}) as is_agency,
         case when not exists (select from registration r where r.home_id = n.home_id)
           and exists (select from registration r where r.provider_id = n.provider_id and ${IS_SUPPORTED})
           then null else n.home_id end as home_id,
         n.provider_id
       from placement_number n where n.borough_id = ? and n.places_there
     )
     select coalesce(latest.category, '${NONE_RECORDED}') as category, count(*)::int as number
     from used u left join lateral (
       select ${CATEGORY} as category
       from registration r join inspection i on i.registration_id = r.id,
         jsonb_to_recordset(i.judgements) as j(aspect text, judgement text, scale text)
       where case when u.home_id is not null then r.home_id = u.home_id
         else r.provider_id = u.provider_id and case when u.is_agency then ${IS_AGENCY} else ${IS_SUPPORTED} end end
         and ${IS_OVERALL}
       order by i.inspected_on desc, i.event_number desc limit 1
     ) latest on true
     group by 1`,
    [boroughId],
  );
