import { FIRST } from './due-diligence.ts';
import { providerStatement } from './provider-statement.ts';

/** The questions as they are asked of the provider and its homes, in their order. */
const ASKED = `
  select q.asked_id, q.code, q.text, q.category, q.place, st.notice_days, s.subject_id, s.home_name
  from due_diligence_set st join due_diligence_question q on q.set_id = st.id
  join (
    select p.id as subject_id, '' as home_name, false as is_home,
      array(select distinct t from home h, unnest(h.placement_types) t where h.provider_id = p.id) as types
    union all select h.id, h.name, true, h.placement_types from home h where h.provider_id = p.id
  ) s on s.is_home = (q.subject = 'HOME') and (q.placement_types = '{}' or q.placement_types && s.types)
  where st.state = 'PUBLISHED' order by q.place, s.home_name, s.subject_id limit ${FIRST}`;

const LATEST = `
  select a.* from due_diligence_answer a
  where a.subject_id = x.subject_id and a.asked_id = x.asked_id and a.withdrawn_on is null
  order by a.answered_on desc, a.recorded_at desc, a.id desc limit 1`;

/** A mark on any answer to the same question: in the bench world there is none, and still one has to look. */
const MARKS = `
  select max(m.assurance) filter (where m.kind = 'CONFIRMED' and m.answer_id = a.id) as assurance,
    bool_or(m.kind = 'CHALLENGED' and not exists (
      select from due_diligence_answer e where e.subject_id = x.subject_id and e.asked_id = x.asked_id
        and e.withdrawn_on is null and e.assurance <> 'SELF_DECLARED'
        and (e.answered_on, e.recorded_at, e.id) > (c.answered_on, c.recorded_at, c.id))) as is_challenged
  from due_diligence_mark m join due_diligence_answer c on c.id = m.answer_id
  where m.provider_id = p.id and m.replaced_at is null and c.subject_id = x.subject_id and c.asked_id = x.asked_id`;

const TODAY = `(select (now() at time zone 'Europe/London')::date)`;

const NODES = `
  select coalesce(json_agg(json_build_object(
    'question', json_build_object('code', x.code, 'text', x.text, 'category', x.category),
    'value', case when a.is_held then a.value end,
    'state', case when a.id is null or not a.is_held then 'MISSING' when a.valid_until < ${TODAY} then 'EXPIRED'
      when m.is_challenged then 'CHALLENGED' when a.valid_until <= ${TODAY} + x.notice_days then 'EXPIRING'
      else 'CURRENT' end,
    'assurance', case when m.assurance = 'VERIFIED_ON_SITE' or a.assurance = 'VERIFIED_ON_SITE' then 'VERIFIED_ON_SITE'
      else coalesce(m.assurance, a.assurance) end,
    'answeredOn', a.answered_on, 'validUntil', a.valid_until,
    'answeredBy', case when o.id is not null then json_build_object('name', o.name) end
  ) order by x.place, x.home_name, x.subject_id), '[]')
  from (${ASKED}) x left join lateral (${LATEST}) a on true left join lateral (${MARKS}) m on true
  left join organisation o on o.id = a.owner_id`;

/** Of a provider `p`. */
export const DUE_DILIGENCE_FIELD = `'dueDiligence', json_build_object('nodes', (${NODES}))`;

export const dueDiligenceStatement = providerStatement(DUE_DILIGENCE_FIELD);
