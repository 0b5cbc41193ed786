import type { SharingClass } from '@accord/access';

/**
 * Who may know, once more and in other words: small sets and plain loops, no SQL. Organisations, agreements,
 * groups, providers and homes are numbers; organisation 0 is the alliance; days are counted from today.
 */
export interface Period {
  readonly from: number;
  /** The first day on which it no longer holds. */
  readonly until: number | null;
}

export interface Member extends Period {
  readonly organisation: number;
}

export interface ModelSharing {
  readonly owner: number;
  readonly kind: SharingClass;
  readonly provider: number;
  readonly home: number | null;
  readonly level: 'OWN_BOROUGH' | 'NAMED' | 'BOROUGHS_CONCERNED' | 'ALLIANCE';
  /** Who wrote the name down is part of it: only the owner's count. */
  readonly named: readonly {
    readonly by: number;
    readonly organisation: number | null;
    readonly group: number | null;
  }[];
  /** To whom it was disclosed urgently, by whoever wrote that down: again only the owner's count. */
  readonly disclosed: readonly { readonly by: number; readonly organisation: number; readonly ended: boolean }[];
  readonly existenceKnown: boolean;
  readonly anonymous: boolean;
  readonly ended: boolean;
  /** Those whom the originator consents to, by whoever wrote it down; null where nobody has to consent. */
  readonly consent: readonly { readonly by: number; readonly organisation: number }[] | null;
  readonly grants: readonly {
    readonly by: number;
    readonly organisation: number;
    /** Whether it holds now: begun, not ended and not revoked. */
    readonly holds: boolean;
  }[];
}

export interface ModelWorld {
  readonly suspended: readonly boolean[];
  readonly agreements: readonly (Period & {
    readonly classes: readonly SharingClass[];
    readonly members: readonly Member[];
    /** Asked to be members, and have not accepted: they count for nothing. */
    readonly invited: readonly Member[];
  })[];
  readonly groups: readonly {
    readonly keeper: number;
    readonly members: readonly Member[];
    /** Whether members see one another: it changes nothing about what is shared with them. */
    readonly hidesMembers: boolean;
  }[];
  readonly homes: readonly { readonly provider: number; readonly host: number | null }[];
  readonly placements: readonly {
    readonly borough: number;
    readonly provider: number;
    readonly home: number | null;
    readonly youngPeople: number;
  }[];
  /** Placement checks that were saved, by the day on which they were made. */
  readonly checks: readonly { readonly borough: number; readonly home: number; readonly day: number }[];
  readonly sharings: readonly ModelSharing[];
}

export type Knowledge = 'all' | 'existence' | 'nothing';

export function knowledge(world: ModelWorld, sharing: ModelSharing, tenant: number): Knowledge {
  if (sharing.owner === tenant) return 'all';
  if (isConsented(sharing, tenant)) {
    if (isDisclosed(sharing, tenant) || isGranted(world, sharing, tenant)) return 'all';
    const isShared = sharing.level !== 'OWN_BOROUGH' && areAgreed(world, sharing, tenant);
    if (isShared && isReached(world, sharing, tenant)) return 'all';
  }
  return isTold(world, sharing, tenant) ? 'existence' : 'nothing';
}

const isConsented = ({ owner, consent }: ModelSharing, tenant: number): boolean =>
  consent === null || consent.some(({ by, organisation }) => by === owner && organisation === tenant);

const isGranted = (world: ModelWorld, sharing: ModelSharing, tenant: number): boolean =>
  areAgreed(world, sharing, tenant) &&
  sharing.grants.some((grant) => grant.by === sharing.owner && grant.organisation === tenant && grant.holds);

/** Of intelligence only under an agreement; of the rest never when it was kept. */
function isTold(world: ModelWorld, sharing: ModelSharing, tenant: number): boolean {
  if (!sharing.existenceKnown || sharing.ended || sharing.consent !== null) return false;
  if (!places(world, sharing, tenant)) return false;
  return sharing.kind === 'INTELLIGENCE' ? areAgreed(world, sharing, tenant) : sharing.level !== 'OWN_BOROUGH';
}

/** In an emergency neither level nor agreement is asked, until it is ended. */
const isDisclosed = ({ owner, disclosed }: ModelSharing, tenant: number): boolean =>
  disclosed.some(({ by, organisation, ended }) => by === owner && organisation === tenant && !ended);

/** Who sees whose membership of a group: the keeper all, a member its own, and its fellows' unless it hides them. */
export const seesMember = (
  { keeper, members, hidesMembers }: ModelWorld['groups'][number],
  tenant: number,
  member: Member,
): boolean => tenant === keeper || tenant === member.organisation || (!hidesMembers && isMember(members, tenant));

const holds = ({ from, until }: Period): boolean => from <= 0 && (until === null || until > 0);

const isMember = (members: readonly Member[], organisation: number): boolean =>
  members.some((member) => member.organisation === organisation && holds(member));

/** Whether an agreement in force covers what the owner has of a class. */
export const areAgreed = (
  { agreements }: ModelWorld,
  { owner, kind }: Pick<ModelSharing, 'owner' | 'kind'>,
  tenant: number,
): boolean =>
  agreements.some(
    (agreement) =>
      holds(agreement) &&
      agreement.classes.includes(kind) &&
      isMember(agreement.members, owner) &&
      isMember(agreement.members, tenant),
  );

function isReached(world: ModelWorld, sharing: ModelSharing, tenant: number): boolean {
  if (sharing.level === 'ALLIANCE') return true;
  if (sharing.level === 'NAMED') {
    return sharing.named.some(
      ({ by, organisation, group }) =>
        by === sharing.owner &&
        (organisation === tenant || (group !== null && isMember(world.groups[group]?.members ?? [], tenant))),
    );
  }
  const staffSee = tenant === 0 && (sharing.kind === 'FLAG' || sharing.kind === 'HOLD');
  return staffSee || places(world, sharing, tenant) || hosts(world, sharing, tenant) || checked(world, sharing, tenant);
}

/** A thing about the provider is about all its homes; a placement with the provider may be at any of them. */
const places = ({ placements }: ModelWorld, sharing: ModelSharing, tenant: number): boolean =>
  placements.some(
    ({ borough, provider, home, youngPeople }) =>
      borough === tenant &&
      youngPeople > 0 &&
      provider === sharing.provider &&
      (home === null || sharing.home === null || home === sharing.home),
  );

const hosts = ({ homes }: ModelWorld, sharing: ModelSharing, tenant: number): boolean =>
  homes.some(
    ({ provider, host }, home) =>
      host === tenant && provider === sharing.provider && (sharing.home === null || home === sharing.home),
  );

const CHECK_COUNTS_DAYS = 30;

const checked = ({ homes, checks }: ModelWorld, sharing: ModelSharing, tenant: number): boolean =>
  checks.some(
    ({ borough, home, day }) =>
      borough === tenant &&
      day > -CHECK_COUNTS_DAYS &&
      homes[home]?.provider === sharing.provider &&
      (sharing.home === null || home === sharing.home),
  );
