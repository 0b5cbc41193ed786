import { calendarDaysAfter, WORKING_DAYS } from '@accord/kernel';
import { execute, readPlain } from '@accord/persistence';
import { RegistrationStatus, type PlacementType } from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import { VisitingFunction, VisitOutcome } from '../visit/vocabulary.js';
import type { DoneVisit, ScheduledVisit } from './schedule.type.js';
import { spanAfter } from './span.js';
import { isOverdue, planOf, type Cadence, type Occurrence } from './visit-plan.js';
import { VisitRule } from './visit-rule.entity.js';
import { spread, type Made, type ToPlan } from './visit-spread.js';
import { ScheduledVisitState, VisitRegime } from './vocabulary.js';

/** Of whom nobody was let in, or which was broken off, is no visit that was made. */
const NOT_MADE = [VisitOutcome.ACCESS_REFUSED, VisitOutcome.NOT_COMPLETED];
const LONGEST_NOTICE_DAYS = 14;

/** A home that a borough uses, with what its rules ask about. */
export interface UsedHome {
  readonly id: string;
  readonly providerId: string;
  readonly placementTypes: readonly PlacementType[];
  readonly usedSince: string;
  /** Null where no registration is needed: it is neither registered nor unregistered. */
  readonly isRegistered: boolean | null;
  /** Since when that is so, as far as is known. */
  readonly registeredOrNotSince: string | null;
}

interface VisitMade {
  readonly homeId: string;
  readonly madeAs: VisitingFunction;
  readonly visitedOn: string;
}

/** A borough's whole schedule, as it stands on a day. */
export interface Schedule {
  readonly open: readonly (ScheduledVisit & { readonly from: string; readonly providerId: string })[];
  readonly done: readonly DoneVisit[];
}

/**
 * Works out the schedule of the tenant's borough from its rules, the homes that it uses and the visits that it made.
 * Nothing of it is kept: a registration that changes, a visit, a rule or a home that is no longer used changes it at once.
 * @param em in a transaction in the borough's name. @param today `YYYY-MM-DD`, London's.
 * @param homeId of that home alone; no home's plan looks at another's.
 */
export async function readSchedule(
  em: EntityManager,
  boroughId: string,
  today: string,
  homeId: string | null = null,
): Promise<Schedule> {
  const rules = await readPlain(
    em,
    VisitRule,
    'where e.borough_id = ? and e.retired_at is null order by e.name, e.id',
    [boroughId],
  );
  if (rules.length === 0) return { open: [], done: [] };
  return scheduleOf(rules, await readHomes(em, boroughId, homeId), await readVisits(em, boroughId, homeId), today);
}

/** The same, out of what was read. */
export function scheduleOf(
  rules: readonly VisitRule[],
  homes: readonly UsedHome[],
  visits: readonly VisitMade[],
  today: string,
): Schedule {
  const visitsTo = Map.groupBy(visits, ({ homeId }) => homeId);
  const parts = homes.map((home) => ofHome(home, rules, visitsTo.get(home.id) ?? [], today));
  const open = parts.flatMap((part) => part.open);
  return {
    open: open.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
    done: parts.flatMap((part) => part.done),
  };
}

const key = ({ dueOn, homeId, rule }: ScheduledVisit): string => `${dueOn} ${homeId} ${rule.id}`;

function ofHome(home: UsedHome, rules: readonly VisitRule[], visits: readonly VisitMade[], today: string): Schedule {
  const due: { rule: VisitRule; occurrence: Occurrence; lastVisitOn: string | null }[] = [];
  const done: DoneVisit[] = [];
  for (const rule of rules.filter((each) => isAbout(each, home))) {
    const days = visits.filter(({ madeAs }) => rule.functions.includes(madeAs)).map(({ visitedOn }) => visitedOn);
    const plan = planOf(rule, beginOf(rule, home), days, today);
    for (const { dueOn, doneOn, wasLate } of plan.done)
      if (doneOn !== null) done.push({ homeId: home.id, rule, dueOn, doneOn, wasLate });
    if (plan.open) due.push({ rule, occurrence: plan.open, lastVisitOn: plan.done.at(-1)?.doneOn ?? null });
  }
  const planned = spread(due.map(toPlan), visits.map(made), today);
  const open = due.map(({ rule, occurrence, lastVisitOn }) => {
    const { planBy, clashes } = planned.get(rule.id) ?? { planBy: null, clashes: false };
    return {
      homeId: home.id,
      providerId: home.providerId,
      rule,
      from: occurrence.from,
      dueOn: occurrence.dueOn,
      state: stateOf(occurrence, rule, today),
      planBy,
      clashes,
      lastVisitOn,
      warning: occurrence.isCertain && planBy !== null ? null : WARNING,
    };
  });
  return { open, done };
}

const WARNING = `The bank holidays after ${WORKING_DAYS.lastKnownYear} are not known yet: a holiday may still move this.`;

const toPlan = ({ rule, occurrence }: { rule: VisitRule; occurrence: Occurrence }): ToPlan => ({
  key: rule.id,
  visitor: visitorOf(rule.functions[0]),
  from: occurrence.from,
  dueOn: occurrence.dueOn,
});

const made = ({ madeAs, visitedOn }: VisitMade): Made => ({ visitor: visitorOf(madeAs), on: visitedOn });

/** A social worker and a personal adviser visit for one another. */
const visitorOf = (visitor: VisitingFunction | undefined): string =>
  visitor === VisitingFunction.PERSONAL_ADVISER ? VisitingFunction.SOCIAL_WORKER : (visitor ?? '');

function isAbout({ regime, placementTypes }: VisitRule, home: UsedHome): boolean {
  if (regime === VisitRegime.REGISTERED && home.isRegistered !== true) return false;
  if (regime === VisitRegime.UNREGISTERED && home.isRegistered !== false) return false;
  return placementTypes.length === 0 || placementTypes.some((type) => home.placementTypes.includes(type));
}

/** A rule that hangs on the registration begins anew when that changes while the home is in use. */
function beginOf({ regime }: VisitRule, { usedSince, registeredOrNotSince }: UsedHome): string {
  if (regime === VisitRegime.ANY || registeredOrNotSince === null) return usedSince;
  return registeredOrNotSince > usedSince ? registeredOrNotSince : usedSince;
}

function stateOf(occurrence: Occurrence, rule: VisitRule, today: string): ScheduledVisitState {
  if (isOverdue(occurrence, rule, today)) return ScheduledVisitState.OVERDUE;
  return today >= calendarDaysAfter(occurrence.dueOn, -noticeDaysOf(rule))
    ? ScheduledVisitState.DUE
    : ScheduledVisitState.UPCOMING;
}

/** Two weeks before; of what comes oftener, a sixth of the time between two. */
function noticeDaysOf({ every, firstWithin }: Cadence): number {
  const between = every ?? firstWithin;
  if (!between) return LONGEST_NOTICE_DAYS;
  const days = (Date.parse(spanAfter('2026-01-01', between).day) - Date.parse('2026-01-01')) / 86_400_000;
  return Math.min(LONGEST_NOTICE_DAYS, Math.max(1, Math.floor(days / 6)));
}

async function readHomes(em: EntityManager, boroughId: string, homeId: string | null): Promise<UsedHome[]> {
  const rows = await execute<{
    id: string;
    provider_id: string;
    placement_types: PlacementType[];
    used_since: string;
    statuses: RegistrationStatus[];
    registered_since: string | null;
    otherwise_since: string | null;
  }>(
    em,
    `select h.id, h.provider_id, h.placement_types, n.used_since::text as used_since,
       coalesce(r.statuses, '{}') as statuses, r.registered_since::text as registered_since,
       r.otherwise_since::text as otherwise_since
     from placement_number n join home h on h.id = n.home_id
     left join lateral (
       select array_agg(r.status) as statuses,
         min(r.status_since) filter (where r.status = '${RegistrationStatus.REGISTERED}') as registered_since,
         max(r.status_since) as otherwise_since
       from registration r
       where r.home_id = h.id or (r.home_id is null and r.provider_id = h.provider_id
         and not exists (select from registration own where own.home_id = h.id))
     ) r on true
     where n.borough_id = ? and n.places_there and n.used_since is not null and (?::uuid is null or h.id = ?::uuid)`,
    [boroughId, homeId, homeId],
  );
  return rows.map(({ statuses, ...row }) => {
    const isRegistered = statuses.includes(RegistrationStatus.REGISTERED);
    const needsNone = statuses.length > 0 && statuses.every((status) => status === RegistrationStatus.NOT_REQUIRED);
    return {
      id: row.id,
      providerId: row.provider_id,
      placementTypes: row.placement_types,
      usedSince: row.used_since,
      isRegistered: isRegistered ? true : needsNone ? null : false,
      registeredOrNotSince: isRegistered ? row.registered_since : row.otherwise_since,
    };
  });
}

async function readVisits(em: EntityManager, boroughId: string, homeId: string | null): Promise<VisitMade[]> {
  const rows = await execute<{ home_id: string; made_as: VisitingFunction; visited_on: string }>(
    em,
    `select home_id, made_as, visited_on::text as visited_on from visit
     where owner_id = ? and state = 'SHARED' and home_id is not null and (?::uuid is null or home_id = ?::uuid)
       and outcome not in (${NOT_MADE.map((outcome) => `'${outcome}'`).join(', ')})`,
    [boroughId, homeId, homeId],
  );
  return rows.map((row) => ({ homeId: row.home_id, madeAs: row.made_as, visitedOn: row.visited_on }));
}
