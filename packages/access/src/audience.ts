import { TENANT, TODAY } from '@accord/persistence';
import { holdsOn } from './agreement.entity.js';
import { isAlliance } from './organisation.entity.js';

/**
 * Who may know: the one definition of the audience of whatever is shared, on ids, levels and dates alone.
 *
 * Row policies apply it to the calling tenant, previews and the sequencer to all tenants at once, through
 * the same text. It stands on six grounds: what is agreed with a tenant, what concerns it, where it is named, what is
 * granted to it for a time, what was disclosed to it urgently, and where somebody consents to it.
 * Asked about any tenant they are read from the tables, by the role that sees ids of all tenants; asked about the
 * caller, from views of the same text (`AUDIENCE_VIEWS`), so that a policy does not bring along those of the tables.
 *
 * @param s alias of a row with `id`, `owner_id`, `kind`, `provider_id`, `home_id`, `level`, `needs_consent`.
 * @param tenant SQL of the tenant asked about; the caller's unless given.
 * @param at whose day it is, and where the names are, of any tenant: a clock asks about the day before, a preview about
 * names that nobody has written down yet.
 */
export const audience = (s: string, tenant?: string, at?: Partial<LookedAt>): string => {
  const grounds = groundsOf(tenant, at);
  return `(
  ${s}.owner_id = ${grounds.tenant}
  or (
    ${consentedBy(s, grounds)} and (
      (${agreedTo(s, grounds)} and (
        ${s}.level = 'ALLIANCE'
        or (${s}.level = 'BOROUGHS_CONCERNED' and (${hasToDo(s, grounds)} or ${staffSee(s, grounds)}))
        or (${s}.level = 'NAMED' and exists (
          select from ${grounds.named} n where n.sharing_id = ${s}.id and n.owner_id = ${s}.owner_id))
        or exists (select from ${grounds.grants} g where g.sharing_id = ${s}.id and g.owner_id = ${s}.owner_id)
      ))
      or exists (select from ${grounds.disclosed} d where d.sharing_id = ${s}.id and d.owner_id = ${s}.owner_id)
    )
  )
)`;
};

/** SQL: an agreement between the owner and a tenant covers it. */
const agreedTo = (s: string, grounds: Grounds): string =>
  `exists (select from ${grounds.agreed} a where a.owner_id = ${s}.owner_id and a.kind = ${s}.kind)`;

/** SQL: nobody else has to consent, or whoever it came from consents to this very tenant (rules 6). */
const consentedBy = (s: string, grounds: Grounds): string => `(not ${s}.needs_consent or exists (
      select from ${grounds.consents} k where k.sharing_id = ${s}.id and k.owner_id = ${s}.owner_id))`;

/**
 * Who may know that something is there, and nothing of what it says. Of a flag or hold: boroughs that place at
 * the provider or home, whatever the agreements, unless its owner kept it to itself. Of intelligence, where its
 * owner allowed even that: those of them that are under an agreement, who may then ask for it. Ends when the
 * thing ends; what somebody else has to consent to gives no hint.
 */
export const existence = (s: string, tenant?: string): string => {
  const grounds = groundsOf(tenant);
  return `(
  ${s}.existence_known and ${s}.ended_at is null and not ${s}.needs_consent
  and case when ${s}.kind = 'INTELLIGENCE' then ${agreedTo(s, grounds)} else ${s}.level <> 'OWN_BOROUGH' end
  and ${hasToDo(s, grounds, `c.ground = 'PLACES'`)}
)`;
};

/** SQL: whether a sharing is in the caller's audience; for the policies of what is shared. */
export const knownToCaller = (id: string): string => `exists (select from known_to_caller k where k.id = ${id})`;

/** SQL: whether a sharing is the caller's own. */
export const ownedByCaller = (id: string): string => `exists (select from owned_by_caller k where k.id = ${id})`;

interface Grounds {
  readonly tenant: string;
  readonly agreed: string;
  readonly concerns: string;
  readonly named: string;
  readonly disclosed: string;
  readonly grants: string;
  readonly consents: string;
  readonly isAlliance: string;
}

const OF_CALLER: Grounds = {
  tenant: TENANT,
  agreed: 'agreed_with_caller',
  concerns: 'concerning_caller',
  named: 'naming_caller',
  disclosed: 'disclosed_to_caller',
  grants: 'granted_to_caller',
  consents: 'consenting_to_caller',
  isAlliance: '(select tenant_is_alliance())',
};

/** What a question about any tenant is asked of. */
interface LookedAt {
  /** SQL of the day on which agreements and groups are looked at. */
  readonly day: string;
  /** Where the names are. */
  readonly names: string;
}

const groundsOf = (
  tenant: string | undefined,
  { day = TODAY, names = 'sharing_named' }: Partial<LookedAt> = {},
): Grounds =>
  tenant === undefined
    ? OF_CALLER
    : {
        tenant,
        agreed: `(${agreed(tenant, day)})`,
        concerns: `(${concerns(tenant)})`,
        named: `(${named(tenant, day, names)})`,
        disclosed: `(${disclosed(tenant)})`,
        grants: `(${grants(tenant)})`,
        consents: `(${consents(tenant)})`,
        isAlliance: isAlliance(tenant),
      };

/** For which owners and classes there is an agreement in force on a day, of which both are members that day. */
const agreed = (tenant: string, day = TODAY): string => `
  select theirs.organisation_id as owner_id, class as kind
  from agreement_member mine
  join sharing_agreement agreement on agreement.id = mine.agreement_id
  join agreement_member theirs on theirs.agreement_id = agreement.id
  cross join unnest(agreement.classes) class
  where mine.organisation_id = ${tenant}
    and ${holdsOn(day, 'agreement.in_force_from', 'agreement.in_force_until')}
    and ${holdsOn(day, 'mine.member_from', 'mine.member_until')}
    and ${holdsOn(day, 'theirs.member_from', 'theirs.member_until')}`;

/** With which providers and homes it has to do, and why. */
export const concerns = (tenant: string): string => `
  select concern.provider_id, concern.home_id, concern.ground
  from borough_concerned concern where concern.borough_id = ${tenant}`;

/** In which sharings it is named, itself or in a group of which it is a member that day. */
const named = (tenant: string, day = TODAY, names = 'sharing_named'): string => `
  select naming.sharing_id, naming.owner_id
  from ${names} naming
  left join borough_group_member member
    on member.group_id = naming.group_id and member.organisation_id = ${tenant}
  where naming.organisation_id = ${tenant}
    or (member.group_id is not null and ${holdsOn(day, 'member.member_from', 'member.member_until')})`;

/** What was disclosed to it urgently and still is, whatever the level and the agreements (rules 2). */
export const disclosed = (tenant: string): string => `
  select told.sharing_id, told.owner_id
  from urgent_disclosure_recipient told where told.organisation_id = ${tenant} and told.ended_at is null`;

/** What it has sight of for a time, on request, whatever the level. */
export const grants = (tenant: string): string => `
  select given.sharing_id, given.owner_id
  from sharing_grant given
  where given.organisation_id = ${tenant} and given.revoked_at is null
    and given.starts_at <= now() and now() < given.ends_at`;

/** What came from somebody who consents to its having it. */
export const consents = (tenant: string): string => `
  select consent.sharing_id, consent.owner_id
  from sharing_consent consent where consent.organisation_id = ${tenant}`;

/** Has to do with the very home; where either side names no home, with the provider. */
const hasToDo = (s: string, grounds: Grounds, ground = 'true'): string => `exists (
  select from ${grounds.concerns} c
  where c.provider_id = ${s}.provider_id
    and (c.home_id = ${s}.home_id or c.home_id is null or ${s}.home_id is null) and ${ground}
)`;

/** Flags and holds reach alliance staff too when they go to the boroughs concerned; intelligence does not. */
const staffSee = (s: string, grounds: Grounds): string => `(${s}.kind in ('FLAG', 'HOLD') and ${grounds.isAlliance})`;

const view = (name: string, select: string): string =>
  `create view ${name} with (security_barrier = true) as ${select};`;

/**
 * The grounds and the audience of the calling tenant. They belong to the tables' owner, so that no policy holds
 * inside them: each is bound to the caller by its own text instead, and has nothing that the policies of its
 * tables would not show the caller (`infra/decisions/0009-audience-views.md`).
 */
export const AUDIENCE_VIEWS = [
  view('agreed_with_caller', agreed(TENANT, TODAY)),
  view('concerning_caller', concerns(TENANT)),
  view('naming_caller', named(TENANT)),
  view('disclosed_to_caller', disclosed(TENANT)),
  view('granted_to_caller', grants(TENANT)),
  view('consenting_to_caller', consents(TENANT)),
  view('known_to_caller', `select s.id from sharing s where ${audience('s')}`),
  view('owned_by_caller', `select s.id from sharing s where s.owner_id = ${TENANT}`),
].join('\n');
