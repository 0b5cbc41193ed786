import { providerStatement } from './provider-statement.ts';

const MINE = `(select nullif(current_setting('app.tenant', true), '')::uuid)`;

const STAGES = `
  select json_agg(json_build_object(
    'stage', stage.name, 'outcome', coalesce(x.outcome, 'NOT_STARTED'), 'assessedOn', x.assessed_on) order by stage.n)
  from unnest('{FIT_AND_PROPER_PERSON,PAPERWORK,PROPERTY_VISITS}'::text[]) with ordinality stage(name, n)
  left join lateral (
    select outcome, assessed_on from accreditation_assessment x
    where x.provider_id = p.id and x.stage = stage.name and x.recorded_at >= coalesce((
      select max(c.recorded_at) from accreditation_change c where c.provider_id = p.id and c.cause = 'APPLICATION'), '-infinity')
    order by x.seq desc limit 1) x on true`;

const DECISIONS = `
  select coalesce(json_agg(json_build_object(
    'id', d.id, 'state', coalesce(v.outcome, 'PROPOSED'), 'status', d.status, 'reason', d.reason,
    'proposedAt', d.proposed_at, 'proposedBy', json_build_object('displayName', d.proposed_by),
    'decidedAt', v.decided_at,
    'decidedBy', case when v.decided_by is not null then json_build_object('displayName', v.decided_by) end
  ) order by d.proposed_at desc, d.id desc), '[]')
  from (select * from accreditation_decision d where d.provider_id = p.id order by d.proposed_at desc, d.id desc limit 5) d
  left join accreditation_verdict v on v.proposal_id = d.id`;

const ACCREDITATION = `
  select json_build_object(
    'status', a.status, 'effectiveFrom', a.effective_from, 'reviewDue', a.review_due, 'conditions', a.conditions,
    'stages', (${STAGES}), 'decisions', json_build_object('nodes', (${DECISIONS})))
  from accreditation_standing a where a.provider_id = p.id`;

const REGISTRATIONS = `
  select coalesce(json_agg(json_build_object(
    'regulator', r.regulator, 'reference', r.reference, 'status', r.status) order by r.reference), '[]')
  from registration r where r.home_id = h.id`;

const LATEST_INSPECTION = `
  select json_build_object(
    'inspectedOn', i.inspected_on, 'publishedOn', i.published_on, 'kind', i.kind, 'judgements', (
      select coalesce(json_agg(json_build_object('aspect', j.value -> 'aspect', 'judgement', j.value -> 'judgement')
        order by j.n), '[]')
      from jsonb_array_elements(i.judgements) with ordinality j(value, n)))
  from inspection i where i.home_id = h.id order by i.inspected_on desc, i.event_number desc limit 1`;

/** @param more fields of a home `h`. */
const homes = (more: string): string => `
  select coalesce(json_agg(json_build_object(
    'id', h.id, 'name', h.name, 'placementTypes', h.placement_types,
    'hostBorough', case when o.id is not null then json_build_object('name', o.name, 'gssCode', o.gss_code) end,
    'registrations', (${REGISTRATIONS}), 'latestInspection', (${LATEST_INSPECTION})${more}) order by h.name, h.id), '[]')
  from (select * from home h where h.provider_id = p.id order by h.name, h.id limit 20) h
  left join organisation o on o.id = h.host_borough_id`;

/** With what is withheld of an anonymous flag, and of one that may only be known to exist. */
const FLAGS = `
  select coalesce(json_agg(json_build_object(
    'id', s.id, 'kind', s.flag_kind, 'severity', s.severity, 'summary', s.summary,
    'status', case when s.flag_kind is not null then coalesce(s.outcome, case when exists (
      select from flag_acknowledgement k where k.flag_id = s.id and k.organisation_id = ${MINE})
      then 'ACKNOWLEDGED' else 'OPEN' end) end,
    'raisedAt', s.raised_at,
    'raisedBy', case when o.id is not null then json_build_object('name', o.name) end)
    order by s.is_open desc, s.raised_on desc, s.id desc), '[]')
  from (
    select s.id, s.severity, f.kind as flag_kind, f.summary, f.outcome, s.ended_at is null as is_open,
      coalesce((f.raised_at at time zone 'Europe/London')::date::text, '') as raised_on,
      case when named then f.raised_at end as raised_at,
      case when named and f.id is not null then s.owner_id end as owner_id
    from sharing s
    cross join lateral (select s.owner_id = ${MINE} or not s.anonymous as named) n
    left join flag f on f.id = s.id
    where s.kind = 'FLAG' and s.provider_id = p.id
    order by is_open desc, raised_on desc, s.id desc limit 10) s
  left join organisation o on o.id = s.owner_id`;

const USED_BY = `
  select coalesce(json_agg(json_build_object(
    'borough', json_build_object('name', o.name), 'youngPeople', u.young_people) order by o.name collate "C"), '[]')
  from (
    select n.borough_id, sum(n.young_people)::int as young_people from placement_number n
    where n.provider_id = p.id and n.places_there group by 1
    union all
    select d.borough_id, d.young_people_rounded from declared_use d where d.provider_id = p.id and d.borough_id <> ${MINE}
  ) u join organisation o on o.id = u.borough_id`;

/** Of a provider `p`. @param moreOfHomes further fields of its homes `h`. */
export const dossierFields = (moreOfHomes = ''): string => `
  'name', p.name, 'tradingNames', p.trading_names, 'companyNumber', p.company_number, 'version', p.version,
  'accreditation', (${ACCREDITATION}),
  'homes', json_build_object('nodes', (${homes(moreOfHomes === '' ? '' : `, ${moreOfHomes}`)})),
  'flags', json_build_object('nodes', (${FLAGS})),
  'usedBy', (${USED_BY})`;

export const dossierStatement = providerStatement(dossierFields());
