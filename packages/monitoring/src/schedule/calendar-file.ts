import { createHash } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { PlacementType } from '@accord/providers';
import { VisitingFunction } from '../visit/vocabulary.js';
import { ScheduledVisitState } from './vocabulary.js';

/** A visit as a calendar shows it. */
export interface CalendarVisit {
  readonly ruleId: string;
  readonly homeId: string;
  /** The first day on which it counts: with rule and home, tells it from the visits before and after. */
  readonly from: string;
  readonly dueOn: string;
  readonly planBy: string | null;
  readonly state: ScheduledVisitState;
  readonly warning: string | null;
  readonly ruleName: string;
  readonly functions: readonly VisitingFunction[];
  readonly home: { readonly name: string; readonly placementTypes: readonly PlacementType[] };
  readonly providerName: string;
}

/** Where people take somebody into their own home: its name is theirs. */
const PRIVATE_HOMES: ReadonlySet<PlacementType> = new Set([
  PlacementType.FOSTERING_IN_HOUSE,
  PlacementType.FOSTERING_IFA,
  PlacementType.SUPPORTED_PRIVATE_RESIDENCE,
  PlacementType.STAYING_PUT,
  PlacementType.SHARED_LIVES,
]);

const VISITORS: Readonly<Record<VisitingFunction, string>> = {
  [VisitingFunction.COMMISSIONING]: 'commissioning',
  [VisitingFunction.SOCIAL_WORKER]: 'social worker',
  [VisitingFunction.PERSONAL_ADVISER]: 'personal adviser',
  [VisitingFunction.INDEPENDENT_REVIEWING_OFFICER]: 'independent reviewing officer',
  [VisitingFunction.SERVICE_MANAGER]: 'service manager',
  [VisitingFunction.HEALTH]: 'health professional',
  [VisitingFunction.COUNCILLOR]: 'councillor',
};

/**
 * An iCalendar file (RFC 5545) of visits, one whole day each: on the working day to plan it for or, where that is not
 * known, on the day on which it is due. Days have no time and no zone, so that no change of the clocks moves one.
 *
 * It leaves Accord for a program that Accord knows nothing of: no names of people, no numbers, no address, nothing that
 * was found at a home, and no name of a home that is somebody's own.
 * @param at the moment at which it was made.
 */
export function calendarOf(title: string, visits: readonly CalendarVisit[], at: Date): string {
  const calendar = ical({
    name: title,
    prodId: { company: 'Accord', product: 'Schedule of visits', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    // Once in six hours.
    ttl: 6 * 3600,
  });
  for (const visit of visits) {
    const who = visit.functions.map((each) => VISITORS[each]).join(' or ');
    const overdue = visit.state === ScheduledVisitState.OVERDUE ? 'Overdue: ' : '';
    calendar.createEvent({
      id: uidOf(visit),
      stamp: at,
      // Midnight of UTC, which is what the library takes a day from.
      start: new Date(`${visit.planBy ?? visit.dueOn}T00:00:00Z`),
      allDay: true,
      summary: `${overdue}visit ${nameOf(visit)} (${who})`,
      description: [`${visit.ruleName}. Due by ${visit.dueOn}.`, visit.warning].filter(Boolean).join(' '),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}

/** The same for as long as it is the same visit, however it is planned. Says nothing about what it is made of. */
const uidOf = ({ ruleId, homeId, from }: CalendarVisit): string =>
  `${createHash('sha256').update(`${ruleId} ${homeId} ${from}`).digest('hex').slice(0, 32)}@visits.accord`;

const nameOf = ({ home, providerName }: CalendarVisit): string =>
  home.placementTypes.some((type) => PRIVATE_HOMES.has(type)) ? `a home of ${providerName}` : home.name;
