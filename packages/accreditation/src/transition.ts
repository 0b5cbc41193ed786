import { AccreditationStatus } from '@accord/providers';
import { ChangeCause } from './vocabulary.js';

const { APPLIED, IN_ASSESSMENT, ACCREDITED, ACCREDITED_WITH_CONDITIONS, REVIEW_OVERDUE } = AccreditationStatus;
const { INTERIM_SUSPENDED, SUSPENDED, REFUSED, REVOKED, WITHDRAWN_BY_PROVIDER, LAPSED } = AccreditationStatus;
const { APPLICATION, ASSESSMENT, DECISION, INTERIM_SUSPENSION, NOT_RATIFIED, APPEAL, CLOCK } = ChangeCause;

/** From any of these statuses to any of those. Null: the provider has never applied. */
interface Transition {
  readonly from: readonly (AccreditationStatus | null)[];
  readonly to: readonly AccreditationStatus[];
  readonly by: ChangeCause;
  readonly why: string;
}

/** In these a provider carries the alliance's mark. */
export const STANDING = [ACCREDITED, ACCREDITED_WITH_CONDITIONS, REVIEW_OVERDUE] as const;

/** In these there is nothing to assess or suspend any more; a new application begins anew. */
export const ENDED = [REFUSED, REVOKED, WITHDRAWN_BY_PROVIDER, LAPSED] as const;

/**
 * Every way from one status to another, what brings it about, and why it is there. What is not here does not
 * happen. The package's README prints it.
 */
export const TRANSITIONS: readonly Transition[] = [
  {
    from: [null, ...ENDED],
    to: [APPLIED],
    by: APPLICATION,
    why: 'The provider applies, or applies anew; stages begin from nothing.',
  },
  { from: [APPLIED], to: [IN_ASSESSMENT], by: ASSESSMENT, why: 'The first stage is taken up.' },
  { from: [IN_ASSESSMENT], to: [ACCREDITED], by: DECISION, why: 'All three stages passed.' },
  {
    from: [IN_ASSESSMENT],
    to: [ACCREDITED_WITH_CONDITIONS],
    by: DECISION,
    why: 'All three stages passed, some with conditions, or there is something to keep to.',
  },
  { from: [APPLIED, IN_ASSESSMENT], to: [REFUSED], by: DECISION, why: 'The provider does not meet the standard.' },
  {
    from: [...STANDING],
    to: [ACCREDITED, ACCREDITED_WITH_CONDITIONS],
    by: DECISION,
    why: 'A review renews it, sets conditions or lifts them.',
  },
  {
    from: [...STANDING, INTERIM_SUSPENDED],
    to: [SUSPENDED],
    by: DECISION,
    why: 'It may not be relied on until something is put right.',
  },
  { from: [...STANDING, INTERIM_SUSPENDED, SUSPENDED], to: [REVOKED], by: DECISION, why: 'It is taken away for good.' },
  {
    from: [INTERIM_SUSPENDED, SUSPENDED],
    to: [ACCREDITED, ACCREDITED_WITH_CONDITIONS],
    by: DECISION,
    why: 'A suspension is lifted.',
  },
  {
    from: [APPLIED, IN_ASSESSMENT, ...STANDING, INTERIM_SUSPENDED, SUSPENDED],
    to: [WITHDRAWN_BY_PROVIDER],
    by: DECISION,
    why: 'The provider asks to leave.',
  },
  {
    from: [APPLIED, IN_ASSESSMENT, ...STANDING],
    to: [LAPSED],
    by: DECISION,
    why: 'The provider no longer takes part. Never because the alliance is late: the clock has no way here.',
  },
  {
    from: [...STANDING],
    to: [INTERIM_SUSPENDED],
    by: INTERIM_SUSPENSION,
    why: 'One lead suspends at once; another ratifies within 2 working days.',
  },
  {
    from: [INTERIM_SUSPENDED],
    to: [...STANDING],
    by: NOT_RATIFIED,
    why: 'Another lead does not ratify: what stood before stands again.',
  },
  {
    from: [ACCREDITED, ACCREDITED_WITH_CONDITIONS],
    to: [REVIEW_OVERDUE],
    by: CLOCK,
    why: 'The alliance is late with its review; the mark stays.',
  },
  {
    from: [INTERIM_SUSPENDED, SUSPENDED, ACCREDITED_WITH_CONDITIONS, REVOKED, LAPSED],
    to: [...STANDING],
    by: APPEAL,
    why: 'An appeal is upheld: what stood before stands again.',
  },
  {
    from: [REVOKED],
    to: [SUSPENDED],
    by: APPEAL,
    why: 'An appeal against a revocation is upheld: it is suspended as before.',
  },
  {
    from: [REFUSED, LAPSED],
    to: [APPLIED, IN_ASSESSMENT],
    by: APPEAL,
    why: 'An appeal is upheld: the application goes on.',
  },
];

/** Whether there is such a way. */
export const leads = (from: AccreditationStatus | null, to: AccreditationStatus, by: ChangeCause): boolean =>
  TRANSITIONS.some((way) => way.by === by && way.from.includes(from) && way.to.includes(to));

/** Where a cause may lead from a status. */
export const waysFrom = (from: AccreditationStatus | null, by: ChangeCause): AccreditationStatus[] =>
  Object.values(AccreditationStatus).filter((to) => leads(from, to, by));

const TAKES_AWAY: ReadonlySet<AccreditationStatus> = new Set([REFUSED, SUSPENDED, REVOKED, LAPSED]);

/**
 * Whether a decision leaves the provider worse off, so that it is told the gist and may reply first (rules
 * 16): it refuses, suspends, revokes or lapses, or it adds a condition to a mark that is carried.
 */
export function isAdverse(
  from: AccreditationStatus | null,
  held: readonly string[],
  to: AccreditationStatus,
  conditions: readonly string[],
): boolean {
  if (TAKES_AWAY.has(to)) return true;
  const carried = from !== null && ([...STANDING, INTERIM_SUSPENDED] as AccreditationStatus[]).includes(from);
  return to === ACCREDITED_WITH_CONDITIONS && carried && conditions.some((condition) => !held.includes(condition));
}
