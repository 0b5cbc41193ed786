import { dice, madeUpId, pickedOf, skewedOf, thrown, weighted } from './bench-world-dice.js';

/** Where nothing was chosen, an item stays in its borough: most do. */
const LEVELS = { OWN_BOROUGH: 40, NAMED: 16, BOROUGHS_CONCERNED: 30, ALLIANCE: 14 };
/** Whoever is outside the agreement reaches nobody. */
const LEVELS_OUTSIDE = { OWN_BOROUGH: 70, BOROUGHS_CONCERNED: 30 };
/** The police consent to few, each by name. */
const LEVELS_OF_POLICE = { OWN_BOROUGH: 70, NAMED: 30 };
const ENDINGS = { WITHDRAWN: 5, DELETED: 2, NONE: 93 };
const SAID: Readonly<Record<string, string>> = {
  CLOSED_CULTURE: 'Visitors are seen in the office and never alone with young people',
  LEADERSHIP: 'The manager is shared with two other homes and hard to reach',
  STAFFING: 'Waking-night cover was promised and not there on two of three nights',
  SAFEGUARDING_PRACTICE: 'A worker told ours that incidents are written up days later',
  MISSING_EPISODES: 'Young people out after curfew were not reported until the morning',
  EXPLOITATION: 'Cars that are not neighbours’ wait outside at weekends',
  LOCALITY: 'The bus that the plan relies upon has stopped running',
  MATCHING: 'Two young people who had been kept apart were placed together',
  SUPPORT_NOT_DELIVERED: 'Key work hours that were paid for were not given',
  NOTICES_AND_ENDINGS: 'Notice was given by telephone on a Friday afternoon',
  PREMISES: 'The heating was out for a week and fan heaters were used',
  FINANCE_AND_OWNERSHIP: 'Agency staff say that they are paid late',
  COMPLAINTS: 'A complaint of September has had no answer',
  REGISTRATION: 'Older young people than the statement allows were met there',
  POSITIVE_PRACTICE: 'Young people say that the key workers keep their word',
};

const FEWEST_POSSIBLE_AUTHORS = 5;
/** What is asked for and disclosed depends on how many boroughs there are to ask, and not on how much is kept. */
const REQUESTS_PER_BOROUGH = 12;
const DISCLOSURES_PER_BOROUGH = 2;

/** Each home with the boroughs that have to do with it, those with the most first: concerns gather there. */
const HOMES = `create temporary table bench_home on commit drop as
  select (row_number() over (order by coalesce(cardinality(c.boroughs), 0) desc, h.id) - 1)::int as place,
    h.id, h.provider_id, coalesce(c.boroughs, '{}') as boroughs
  from home h left join (
    select home_id, array_agg(distinct borough_id order by borough_id) as boroughs from borough_concerned group by 1
  ) c on c.home_id = h.id`;

const BOROUGHS = `create temporary table bench_borough on commit drop as
  select (row_number() over (order by id) - 1)::int as place, id from organisation where kind = 'BOROUGH'`;

/** Who can be shared with, in a circle. */
const MEMBERS = `create temporary table bench_member on commit drop as
  select (row_number() over (order by organisation_id) - 1)::int as place, organisation_id as id,
    (select count(*)::int from agreement_member where member_until is null) as members,
    (select coalesce(array_agg(g.id order by g.id), '{}') from borough_group g where g.keeper_id = a.organisation_id
       or exists (select from borough_group_member m
                  where m.group_id = g.id and m.organisation_id = a.organisation_id and m.member_until is null)) as groups
  from agreement_member a where member_until is null`;

/** Every choice about every item: whatever is written of it is written from this. */
const itemsOf = (count: number): string => `create temporary table bench_item on commit drop as
  with thrown as materialized (
    select n, ${dice(`'bench item ' || n`)} as dice from generate_series(1, ${count}) n
  ), placed as (
    select t.n, t.dice, h.id as home_id, h.provider_id, h.boroughs,
      coalesce(h.boroughs[1 + ${pickedOf(1, 'nullif(cardinality(h.boroughs), 0)')}], b.id) as owner_id,
      ${thrown(2)} < 0.04 as from_police
    from thrown t
    join bench_home h on h.place = ${skewedOf(0, '(select count(*) from bench_home)')}
    join bench_borough b on b.place = ${pickedOf(1, '(select count(*) from bench_borough)')}
  ), shared as (
    select p.*, m.id is not null as agreed,
      case when m.id is null and p.from_police then 'OWN_BOROUGH' when m.id is null then ${weighted(3, LEVELS_OUTSIDE)}
        when p.from_police then ${weighted(3, LEVELS_OF_POLICE)} else ${weighted(3, LEVELS)} end as level,
      ${weighted(4, ENDINGS)} as ending, date '2025-11-20' + ${pickedOf(5, '360')} as shared_on
    from placed p left join bench_member m on m.id = p.owner_id
  )
  select n, ${madeUpId(`'bench item ' || n`)} as id, dice, owner_id, provider_id,
    case when ${thrown(6)} < 0.8 then home_id end as home_id, boroughs, level, ending, from_police, shared_on,
    shared_on - ${pickedOf(7, '20')} as observed_on,
    agreed and level in ('BOROUGHS_CONCERNED', 'ALLIANCE') and ${thrown(8)} < 0.15
      and cardinality(boroughs) >= ${FEWEST_POSSIBLE_AUTHORS} as anonymous,
    level in ('OWN_BOROUGH', 'NAMED') and not from_police and ${thrown(9)} < 0.2 as existence_known,
    ending = 'NONE' and ${thrown(10)} < 0.08 as corrected,
    1 + ${pickedOf(11, String(Object.keys(SAID).length))} as said
  from shared`;

const SAID_ROWS = Object.entries(SAID)
  .map(([category, words], index) => `(${index + 1}, '${category}', '${words}')`)
  .join(', ');

const SHARINGS = `insert into sharing
    (id, kind, owner_id, provider_id, home_id, level, anonymous, existence_known, ended_at, shared_on, needs_consent, reason)
  select id, 'INTELLIGENCE', owner_id, provider_id, home_id, level, anonymous, existence_known,
    case when ending <> 'NONE' then shared_on + time '16:00' at time zone 'UTC' + interval '1 day' end,
    shared_on, from_police, 'Part of the bench world' from bench_item order by shared_on, n`;

const DECISIONS = `insert into sharing_decision (id, sharing_id, owner_id, level, reason, decided_by, decided_at)
  select ${madeUpId(`'bench decision ' || n`)}, id, owner_id, level, 'Part of the bench world', 'An officer of the bench world',
    shared_on + time '10:00' at time zone 'UTC' from bench_item order by shared_on, n`;

const ITEMS = `insert into intelligence_item
    (id, category, summary, observed_on, review_on, version, corrected_on, withdrawn_at, withdrawal_reason, deleted_on)
  select i.id, s.category, case when ending = 'NONE' then s.words || ' (item ' || n || ' of the benchmark).' end,
    observed_on, shared_on + 90, case when corrected or ending <> 'NONE' then 2 else 1 end,
    case when corrected then shared_on end,
    case when ending = 'WITHDRAWN' then shared_on + time '16:00' at time zone 'UTC' + interval '1 day' end,
    case when ending = 'WITHDRAWN' then 'It was about another home.' end,
    case when ending = 'DELETED' then shared_on + 1 end
  from bench_item i join (values ${SAID_ROWS}) s (said, category, words) using (said) order by shared_on, n`;

const DETAILS = `insert into intelligence_detail (item_id, detail)
  select id, 'What was seen or heard, in full, and by whom; item ' || n || '.' from bench_item where ending = 'NONE' order by shared_on, n`;

const KEEPING = `insert into intelligence_keeping (item_id, recorded_by, recorded_by_name, recorded_at, may_count,
    source_at_risk, police_originated, counts_until, delete_on, delete_at_latest_on)
  select i.id, p.id, p.display_name, shared_on + time '10:00' at time zone 'UTC',
    not from_police and ${thrown(12)} < 0.15, ${thrown(13)} < 0.03, from_police, shared_on + 90, shared_on + 365, shared_on + 730
  from bench_item i join principal p on p.tenant_id = i.owner_id and p.kind = 'PERSON' order by shared_on, n`;

const VERSIONS = `insert into intelligence_version
    (item_id, version, category, summary, detail, observed_on, reason, replaced_by, replaced_at)
  select id, 1, 'OTHER', 'As it was first written down.', 'As it was first written down, in full.', observed_on,
    'The day was wrong.', 'An officer of the bench world', shared_on + time '12:00' at time zone 'UTC'
  from bench_item where corrected order by shared_on, n`;

const POLICE = `insert into police_origin (item_id, force, reference, received_on, source, information, handling, conditions)
  select id, 'An example force', 'EX/2026/' || n, observed_on, 1 + ${pickedOf(12, '3')}, 'C', 'C',
    'Not to be shared before the force has said so.' from bench_item where from_police order by shared_on, n`;

/** A group of which the owner is a member, or one to three members of the agreement further on in their circle. */
const NAMES = `insert into sharing_named (id, sharing_id, owner_id, organisation_id, group_id, shared_on)
  with named as (
    select i.*, m.place, m.members, m.groups, not from_police and cardinality(m.groups) > 0 and ${thrown(12)} < 0.3 as by_group
    from bench_item i join bench_member m on m.id = i.owner_id where level = 'NAMED'
  )
  select ${madeUpId(`'bench name ' || n || ' ' || k`)}, i.id, owner_id, case when not by_group then whom.id end,
    case when by_group then i.groups[1 + ${pickedOf(13, 'cardinality(i.groups)')}] end, shared_on
  from named i
  cross join lateral generate_series(1, case when by_group then 1 else 1 + ${pickedOf(14, '3')} end) k
  join bench_member whom on whom.place = (i.place + 1 + (${pickedOf(15, '(i.members - 1)')} + 7 * k) % (i.members - 1)) % i.members
  order by shared_on, n, k`;

const CONSENTS = `insert into sharing_consent (sharing_id, organisation_id, owner_id)
  select n.sharing_id, n.organisation_id, n.owner_id from sharing_named n join bench_item i on i.id = n.sharing_id where from_police`;

/** What others may ask for, and who has to do with it and is under the agreement too; in random order. */
const ASKED = `create temporary table bench_request on commit drop as
  select row_number() over (order by id) as n, id as item_id, owner_id, requester_id, dice, shared_on from (
    select distinct on (i.id) i.*, asking.id as requester_id
    from bench_item i join bench_member own on own.id = i.owner_id cross join unnest(i.boroughs) b
    join bench_member asking on asking.id = b and asking.id <> i.owner_id
    where existence_known and ending = 'NONE'
    order by i.id, md5(i.id::text || b)
  ) could order by id
  limit (select count(*) from bench_borough) * ${REQUESTS_PER_BOROUGH}`;

const REQUESTS = `insert into access_request (id, item_id, owner_id, requester_id, requested_by, purpose, reason, asked_at,
    through_alliance, state, decision_reason, ends_at)
  select ${madeUpId(`'bench request ' || n`)}, item_id, owner_id, requester_id, 'An officer of the bench world', 'SAFEGUARDING',
    'A young person may go there.', shared_on + time '11:00' at time zone 'UTC', false,
    case n % 10 when 0 then 'ASKED' when 1 then 'DECLINED' else 'GRANTED' end,
    case when n % 10 > 0 then 'Part of the bench world' end, case when n % 10 > 1 then ${endOf('n')} end from bench_request`;

/** Every second one is over. Those that last do so for years: a bench world that is loaded later on is the same. */
function endOf(n: string): string {
  return `case when ${n} % 2 = 0 then shared_on + interval '90 days' else timestamptz '2034-12-31T00:00:00Z' end`;
}

const GRANTS = `insert into sharing_grant (id, sharing_id, owner_id, organisation_id, starts_at, ends_at)
  select ${madeUpId(`'bench grant ' || n`)}, item_id, owner_id, requester_id, shared_on + time '12:00' at time zone 'UTC', ${endOf('n')}
  from bench_request where n % 10 > 1`;

/** Reviewed, and standing: nothing is left for the clock to remind of. */
const DISCLOSED = `create temporary table bench_disclosure on commit drop as
  select i.n, ${madeUpId(`'bench disclosure ' || i.n`)} as disclosure_id, i.id, i.owner_id, i.shared_on, to_whom.id as organisation_id
  from bench_item i
  join bench_borough to_whom on to_whom.place = ${pickedOf(14, '(select count(*) from bench_borough)')} and to_whom.id <> i.owner_id
  where level = 'OWN_BOROUGH' and not from_police and ending = 'NONE'
  order by md5('disclosed ' || i.id) limit (select count(*) from bench_borough) * ${DISCLOSURES_PER_BOROUGH}`;

const DISCLOSURES = `insert into urgent_disclosure (id, sharing_id, owner_id, feared_harm, reason, disclosed_by, disclosed_at,
    review_by, review_by_is_certain, outcome, outcome_reason, reviewed_by, reviewed_at, version)
  select disclosure_id, id, owner_id, 'A young person is to move in tonight.', 'Part of the bench world',
    'An officer of the bench world', at, shared_on + 4, true, 'STANDS', 'The harm could still come.',
    'An officer of the bench world', at + interval '1 day', 2
  from (select *, shared_on + time '22:00' at time zone 'UTC' as at from bench_disclosure) d`;

const RECIPIENTS = `insert into urgent_disclosure_recipient (disclosure_id, organisation_id, sharing_id, owner_id)
  select disclosure_id, organisation_id, id, owner_id from bench_disclosure`;

/** What three boroughs hold has been looked at by the safeguarding lead: the clock of a bench world finds no pattern. */
const PATTERNS = `insert into pattern_review (id, provider_id, opened_at, state, closing_reason)
  select ${madeUpId(`'bench pattern ' || provider_id`)}, provider_id, '2026-11-15T09:00:00Z', 'CLOSED', 'Part of the bench world'
  from bench_item i join intelligence_keeping k on k.item_id = i.id where k.may_count
  group by provider_id having count(distinct owner_id) >= 3`;

const PARTS = `insert into pattern_part (review_id, item_id, owner_id)
  select r.id, i.id, i.owner_id from pattern_review r join bench_item i using (provider_id)
  join intelligence_keeping k on k.item_id = i.id where k.may_count`;

/**
 * Soft intelligence at every level, living and ended, made by the database itself of the boroughs, groups, homes and
 * placements that are there. As with flags, whoever was to be told has been.
 * @param count how many items.
 */
export const intelligenceStatements = (count: number): readonly string[] => [
  HOMES,
  BOROUGHS,
  MEMBERS,
  itemsOf(count),
  'analyze bench_item',
  SHARINGS,
  DECISIONS,
  ITEMS,
  DETAILS,
  KEEPING,
  VERSIONS,
  POLICE,
  NAMES,
  CONSENTS,
  ASKED,
  REQUESTS,
  GRANTS,
  DISCLOSED,
  DISCLOSURES,
  RECIPIENTS,
  PATTERNS,
  PARTS,
];
