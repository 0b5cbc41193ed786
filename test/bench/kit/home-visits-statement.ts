import { providerStatement } from './provider-statement.ts';

const MINE = `(select nullif(current_setting('app.tenant', true), '')::uuid)`;

/** Of a home `h`: its latest visits, with what is withheld of an anonymous one. */
export const VISITS_OF_HOME = `'visits', json_build_object('nodes', (
  select coalesce(json_agg(json_build_object(
    'id', v.id, 'visitedOn', v.visited_on, 'reason', v.reason, 'mode', v.mode, 'unannounced', v.unannounced,
    'outcome', v.outcome, 'borough', case when o.id is not null then json_build_object('name', o.name) end)
    order by v.visited_on desc, v.id desc), '[]')
  from (
    select v.id, v.visited_on, case when said then v.reason end as reason, case when said then v.mode end as mode,
      case when said then v.unannounced end as unannounced, case when said then v.outcome end as outcome,
      case when v.owner_id = ${MINE} or not v.anonymous then v.owner_id end as owner_id
    from visit v cross join lateral (select v.state <> 'WITHDRAWN' or v.owner_id = ${MINE} as said) s
    where v.home_id = h.id order by v.visited_on desc, v.id desc limit 3) v
  left join organisation o on o.id = v.owner_id))`;

export const homeVisitsStatement = providerStatement(`'homes', json_build_object('nodes', (
  select coalesce(json_agg(json_build_object('id', h.id, ${VISITS_OF_HOME}) order by h.name, h.id), '[]')
  from (select h.id, h.name from home h where h.provider_id = p.id order by h.name, h.id limit 20) h))`);
