import { TENANT } from '@accord/persistence';
import { holdsToday } from './agreement.entity.js';
import { isAlliance } from './organisation.entity.js';

/**
 * Who may know: the one definition of the audience of whatever is shared, on ids, levels and dates alone.
 *
 * Row policies apply it to the calling tenant, previews and the sequencer to all tenants at once, through
 * the same text. It reads: `sharing` (as `s`), `sharing_named`, `sharing_grant`, `sharing_consent`,
 * `sharing_agreement`, `agreement_member`, `borough_group_member`, `organisation`, and `borough_concerned`, the
 * view in which the features say which borough has to do with which provider and home. Of each of these a
 * tenant may read its own rows, which is all that the question about itself needs.
 *
 * @param s alias of a row with `id`, `owner_id`, `kind`, `provider_id`, `home_id`, `level`, `needs_consent`.
 * @param tenant SQL of the tenant asked about.
 * @param names where the names are: a preview asks about names that nobody has written down yet.
 */
export const audience = (s: string, tenant: string = TENANT, names = 'sharing_named'): string => `(
  ${s}.owner_id = ${tenant}
  or (
    ${consented(s, tenant)} and (
      (
        ${s}.level <> 'OWN_BOROUGH' and ${agreed(s, tenant)} and (
          ${s}.level = 'ALLIANCE'
          or (${s}.level = 'BOROUGHS_CONCERNED' and (${concerned(s, tenant)} or ${staffSee(s, tenant)}))
          or (${s}.level = 'NAMED' and ${named(s, tenant, names)})
        )
      )
      or ${granted(s, tenant)}
    )
  )
)`;

/**
 * Who may know all of something, asked of a row that the row policy of `sharing` has let through: where nobody is
 * told that it exists there is no other reason to see the row, and the question need not be asked twice.
 */
export const inFull = (s: string): string => `(not ${s}.existence_known or ${audience(s)})`;

/**
 * Who may know that something is there, and nothing of what it says. Of a flag or hold: boroughs that place at
 * the provider or home, whatever the agreements, unless its owner kept it to itself. Of intelligence, where its
 * owner allowed even that: those of them that are under an agreement, who may then ask for it. Ends when the
 * thing ends; what somebody else has to consent to gives no hint.
 */
export const existence = (s: string, tenant: string = TENANT): string => `(
  ${s}.existence_known and ${s}.ended_at is null and not ${s}.needs_consent
  and case when ${s}.kind = 'INTELLIGENCE' then ${agreed(s, tenant)} else ${s}.level <> 'OWN_BOROUGH' end
  and ${concerned(s, tenant, `c.ground = 'PLACES'`)}
)`;

/** SQL of owner and class, of all those that share an agreement with a tenant: in force today, covering the class, both members today. */
export const AGREEMENTS = (tenant: string): string => `
  select theirs.organisation_id, class
  from agreement_member mine
  join sharing_agreement a on a.id = mine.agreement_id
  join agreement_member theirs on theirs.agreement_id = a.id
  cross join unnest(a.classes) class
  where mine.organisation_id = ${tenant}
    and ${holdsToday('a.in_force_from', 'a.in_force_until')}
    and ${holdsToday('mine.member_from', 'mine.member_until')}
    and ${holdsToday('theirs.member_from', 'theirs.member_until')}`;

const agreed = (s: string, tenant: string): string => `(${s}.owner_id, ${s}.kind) in (${AGREEMENTS(tenant)}
)`;

/** Has to do with the very home; where either side names no home, with the provider. */
export const concerned = (s: string, tenant: string = TENANT, ground = 'true'): string => `exists (
  select from borough_concerned c
  where c.borough_id = ${tenant} and c.provider_id = ${s}.provider_id
    and (c.home_id = ${s}.home_id or c.home_id is null or ${s}.home_id is null) and ${ground}
)`;

/** Flags and holds reach alliance staff too when they go to the boroughs concerned; intelligence does not. */
const staffSee = (s: string, tenant: string): string => `(${s}.kind in ('FLAG', 'HOLD') and ${isAlliance(tenant)})`;

const named = (s: string, tenant: string, names: string): string => `exists (
  select from ${names} n
  left join borough_group_member g on g.group_id = n.group_id and g.organisation_id = ${tenant}
  where n.sharing_id = ${s}.id and n.owner_id = ${s}.owner_id
    and (n.organisation_id = ${tenant} or (g.group_id is not null and ${holdsToday('g.member_from', 'g.member_until')}))
)`;

/** For a time, whatever the level: on request, under an agreement; urgently, without one (rules 2). */
const granted = (s: string, tenant: string): string => `exists (
  select from sharing_grant g
  where g.sharing_id = ${s}.id and g.owner_id = ${s}.owner_id and g.organisation_id = ${tenant}
    and g.revoked_at is null and g.starts_at <= now() and now() < g.ends_at
    and (g.urgent or ${agreed(s, tenant)})
)`;

/** Nobody else has to consent, or whoever it came from has agreed that this very organisation has it (rules 6). */
export const consented = (s: string, tenant: string = TENANT): string => `(not ${s}.needs_consent or exists (
  select from sharing_consent k
  where k.sharing_id = ${s}.id and k.owner_id = ${s}.owner_id and k.organisation_id = ${tenant}
))`;
