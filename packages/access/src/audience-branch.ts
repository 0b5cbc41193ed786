import { TENANT, TODAY } from '@accord/persistence';
import { holdsOn, holdsToday, type SharingClass } from './agreement.entity.js';
import { concerns, consents } from './audience.js';

/**
 * Parts of the audience (`audience`) for whoever looks along an index for what the calling tenant may see, as the
 * audience role: each is asked of one row at a time and costs the same however many tenants and things there are.
 * Whoever looks so reads what is found behind the row policies, which have the last word.
 *
 * `offset 0` keeps the planner from working a question out for all rows that there are before the first is asked about.
 */

/** SQL: what the parts below are asked of; to stand after `with`. */
export const groundsOfBranches = (kind: SharingClass): string => `
  concern as materialized (${concerns(TENANT)}),
  agreement_of_mine as materialized (
    select agreement.id from agreement_member mine join sharing_agreement agreement on agreement.id = mine.agreement_id
    where mine.organisation_id = ${TENANT} and '${kind}' = any(agreement.classes)
      and ${holdsOn(TODAY, 'agreement.in_force_from', 'agreement.in_force_until')}
      and ${holdsToday('mine.member_from', 'mine.member_until')}
  ),
  group_of_mine as materialized (
    select member.group_id as id from borough_group_member member
    where member.organisation_id = ${TENANT} and ${holdsToday('member.member_from', 'member.member_until')}
  )`;

/** SQL: the tenant is under an agreement at all; without one there is nothing to find, however far one looked. */
export const IS_UNDER_AGREEMENT = 'exists (select from agreement_of_mine)';

/** SQL: an agreement covers it, and whoever it came from consents. */
export const agreedAndConsented = (s: string): string => `exists (
    select from agreement_of_mine under join agreement_member theirs on theirs.agreement_id = under.id
    where theirs.organisation_id = ${s}.owner_id and ${holdsToday('theirs.member_from', 'theirs.member_until')} offset 0
  ) and ${consented(s)}`;

/** SQL: nobody else has to consent, or whoever it came from consents to the tenant. */
export const consented = (s: string): string => `(not ${s}.needs_consent or exists (
    select from (${consents(TENANT)}) k where k.sharing_id = ${s}.id and k.owner_id = ${s}.owner_id offset 0))`;

/** SQL: has to do with the very home; where either side names no home, with the provider. Three sets, each hashed once. */
export const hasToDoWith = (s: string): string => `(
    (${s}.provider_id, ${s}.home_id) in (select provider_id, home_id from concern)
    or ${s}.provider_id in (select provider_id from concern where home_id is null)
    or (${s}.home_id is null and ${s}.provider_id in (select provider_id from concern)))`;
