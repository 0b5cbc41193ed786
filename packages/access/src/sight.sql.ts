import { ROLE, TODAY } from '@accord/persistence';
import { AlertKind } from './alert-kind.js';
import { audience } from './audience.js';

/** What those are told who gain sight of an open thing of a class, because an agreement or a group has changed. */
const TOLD_OF_A_GAIN = {
  FLAG: AlertKind.FLAG_RAISED,
  HOLD: AlertKind.HOLD_STARTED,
  INTELLIGENCE: AlertKind.INTELLIGENCE_SHARED,
  VISIT: AlertKind.VISIT_SHARED,
};

/** Of these nobody is told as they come, nor as they go: there are dozens of answers to each home. */
const UNTOLD = `'DUE_DILIGENCE'`;

const AT = `pg_current_xact_id()`;

/** Who has sight of what of others', among whom one of these organisations is one side: the audience itself. */
const sight = (organisations: string, day?: string): string => `select s.id as thing, o.id as tenant
      from sharing s cross join organisation o
      where o.suspended_at is null and o.id <> s.owner_id and s.kind not in (${UNTOLD})
        and (s.owner_id = any(${organisations}) or o.id = any(${organisations})) and ${audience('s', 'o.id', day === undefined ? {} : { day })}`;

const DEFINED = `returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$`;

/** One event for each thing and kind, for those whom it concerns; ids alone. `lost` and `gained` are named before it. */
const TELL = `insert into outbox_event (id, kind, owner_id, provider_id, home_id, sharing_id, sharing_kind, recipients, occurred_at)
  select gen_random_uuid(), told.kind, s.owner_id, s.provider_id, s.home_id, s.id, nullif(s.kind, 'FLAG'), told.tenants, now()
  from (
    select '${AlertKind.ACCESS_ENDED}' as kind, thing, array_agg(tenant order by tenant) as tenants from lost group by thing
    union all
    select told_of.kind, g.thing, array_agg(g.tenant order by g.tenant) from gained g
      join sharing x on x.id = g.thing and x.ended_at is null
      join (values ${Object.entries(TOLD_OF_A_GAIN)
        .map(([kind, told]) => `('${kind}', '${told}')`)
        .join(', ')}) told_of (class, kind) on told_of.class = x.kind
      group by 1, 2
  ) told join sharing s on s.id = told.thing order by s.provider_id, s.id`;

/** Not told already since the day began: whoever left on the day itself was told by the act. */
const notToldToday = (kinds: string): string => `not exists (
    select from outbox_event e where e.sharing_id = p.thing and e.kind in (${kinds})
      and p.tenant = any(coalesce(e.recipients, array[p.tenant])) and e.occurred_at >= ${TODAY}::timestamp at time zone 'Europe/London')`;

const NOW_SEEN = `now_seen as materialized (${sight('organisations')})`;

/**
 * The functions that tell who gains and loses sight of what because an agreement or a group has changed, made from
 * the definition of the audience and printed by `pnpm generate`. Who changes an agreement is not who owns what was
 * shared under it, and may not write in that owner's name; these have the rights of the tables' owner, find out for
 * themselves what has changed between two of their calls in one transaction, and return nothing.
 */
export const SIGHT_SQL = `create or replace function remember_sight(organisations uuid[]) ${DEFINED}
begin
  -- In the order in which all others lock several: what happens to a provider is told in the order of the commits.
  perform pg_advisory_xact_lock(hashtextextended('provider ' || id, 0)) from (
    select distinct x.provider_id::text as id from (${sight('organisations')}) seen join sharing x on x.id = seen.thing
    order by 1) ids;
  insert into sight_remembered (transaction, sharing_id, organisation_id)
    select ${AT}, thing, tenant from (${sight('organisations')}) seen on conflict do nothing;
end $$;

create or replace function tell_of_sight(organisations uuid[]) ${DEFINED}
begin
  with ${NOW_SEEN},
  known as (delete from sight_remembered where transaction = ${AT} returning sharing_id as thing, organisation_id as tenant),
  lost as (select thing, tenant from known except select thing, tenant from now_seen),
  gained as (select thing, tenant from now_seen except select thing, tenant from known)
  ${TELL};
end $$;

create or replace function tell_of_the_day() ${DEFINED}
declare
  since date;
  organisations uuid[];
begin
  select coalesce(max(day), ${TODAY} - 1) into since from sight_day;
  insert into sight_day (day) select ${TODAY} where since < ${TODAY} on conflict do nothing;
  if not found then return; end if;
  select array_agg(distinct m.organisation_id) into organisations from (
    select organisation_id, member_from as on_day, member_until as or_day from agreement_member
    union all
    select organisation_id, member_from, member_until from borough_group_member
    union all
    select x.organisation_id, a.in_force_from, a.in_force_until from agreement_member x join sharing_agreement a on a.id = x.agreement_id
  ) m where (m.on_day > since and m.on_day <= ${TODAY}) or (m.or_day > since and m.or_day <= ${TODAY});
  with ${NOW_SEEN}, known as materialized (${sight('organisations', 'since')}),
  lost as (select * from (select * from known except select * from now_seen) p where ${notToldToday(`'${AlertKind.ACCESS_ENDED}'`)}),
  gained as (select * from (select * from now_seen except select * from known) p where ${notToldToday(
    Object.values(TOLD_OF_A_GAIN)
      .map((kind) => `'${kind}'`)
      .join(', '),
  )})
  ${TELL};
end $$;

revoke all on function remember_sight(uuid[]), tell_of_sight(uuid[]), tell_of_the_day() from public;
grant execute on function remember_sight(uuid[]), tell_of_sight(uuid[]) to ${ROLE.gateway};
grant execute on function tell_of_the_day() to ${ROLE.worker};`;
