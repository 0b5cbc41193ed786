import { AGREED_CODES, BOROUGH_CODES } from './bench-world-boroughs.js';
import { organisationId } from './example-rows.js';

/** A number from 0 to below 1, the same at every run for the same words. */
const fraction = (words: string): string => `(('x' || substr(md5(${words}), 1, 8))::bit(32)::bigint / 4294967296.0)`;

/** An id, the same at every run for the same words. */
const idOf = (words: string): string => `overlay(overlay(md5(${words}) placing '4' from 13) placing '8' from 17)::uuid`;

/** Who answers: mostly members of the agreement, now and then somebody outside it. */
const OWNERS = [...AGREED_CODES, ...BOROUGH_CODES].map((code) => `'${organisationId(code)}'::uuid`).join(', ');

/**
 * Answers to the first set of questions, the same at every run, made by the database. One in eight has been
 * answered twice. Nothing mandatory has lapsed, and of what has, everybody has been told: the clock finds nothing to do.
 * @param perProvider how many of each provider and its homes.
 */
export const answerStatements = (perProvider: number): string[] => [
  `create temporary table made on commit drop as
    with subject as (
      select id as provider_id, null::uuid as home_id, id as subject_id from provider
      union all select provider_id, id, id from home
    ), asked as (
      select s.*, q.id as question_id, q.asked_id, q.kind, q.is_banded, q.is_mandatory, q.choices, q.category, turn
      from subject s join due_diligence_question q on (s.home_id is null) = (q.subject = 'PROVIDER')
      cross join generate_series(0, 1) turn
      where turn = 0 or ${fraction(`'again' || s.subject_id || q.code`)} < 0.125
    ), picked as (
      select a.*, a.subject_id || ' ' || a.question_id || ' ' || a.turn as words, row_number() over (
        partition by provider_id order by ${fraction(`'order' || subject_id || question_id || turn`)}, subject_id, question_id, turn) as n
      from asked a
    ), dated as (
      select p.*, date '2026-01-05' + (${fraction(`'day' || words`)} * 300)::int as answered_on,
        not is_mandatory and ${fraction(`'lapsed' || words`)} < 0.1 as has_lapsed
      from picked p where n <= ${perProvider}
    )
    select d.*, ${idOf(`'answer' || words`)} as id,
      (array[${OWNERS}])[1 + floor(${fraction(`'owner' || words`)} * ${AGREED_CODES.length + BOROUGH_CODES.length})::int] as owner_id,
      case when has_lapsed then answered_on + 20 else date '2033-01-01' + (${fraction(`'until' || words`)} * 1000)::int end as valid_until,
      case when kind = 'YES_NO' then case when ${fraction(`'yes' || words`)} < 0.5 then 'YES' else 'NO' end
        when kind = 'CHOICE' then choices[1 + floor(${fraction(`'choice' || words`)} * cardinality(choices))::int]
        when is_banded then (array['0-4', '5-9', '10+'])[1 + floor(${fraction(`'band' || words`)} * 3)::int]
        when kind = 'NUMBER' then floor(${fraction(`'number' || words`)} * 9)::int::text
        else answered_on::text end as value,
      (array['SELF_DECLARED', 'EVIDENCE_SEEN', 'VERIFIED_ON_SITE'])[1 + floor(${fraction(`'sure' || words`)} * 3)::int] as assurance
    from dated d`,
  `insert into sharing (id, kind, owner_id, provider_id, home_id, level, anonymous, existence_known, shared_on, reason)
     select id, 'DUE_DILIGENCE', owner_id, provider_id, home_id, 'ALLIANCE', false, false, answered_on, 'Part of the bench world'
     from made`,
  `insert into due_diligence_answer (id, owner_id, provider_id, home_id, question_id, asked_id, value, is_held, assurance,
       answered_on, valid_until, recorded_at, recorded_by)
     select id, owner_id, provider_id, home_id, question_id, asked_id, value, true, assurance, answered_on, valid_until,
       answered_on + time '10:00', 'Part of the bench world'
     from made`,
  `insert into due_diligence_reminder (answer_id, told_expiring_at, told_expired_at)
     select id, valid_until, valid_until from made where has_lapsed`,
];
