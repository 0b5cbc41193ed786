import { dayOf, lineOf, ref } from './monitoring-shape.js';
import { sharingOf, stateOf, type ModelRule, type MonitoringWorld } from './monitoring-world.js';
import { said } from './said.js';

/** Homes at which a borough has young people: since today, when its worlds begin. */
const usedBy = ({ placements }: MonitoringWorld, tenant: number): number[] =>
  placements.flatMap(({ borough, home, youngPeople }) =>
    borough === tenant && home !== null && youngPeople > 0 ? [home] : [],
  );

/** Days on which the own borough’s people visited a home as a rule asks, and were let in. */
function daysOf(world: MonitoringWorld, rule: ModelRule, home: number): number[] {
  const days = world.visits
    .filter((visit) => {
      const sharing = sharingOf(world, visit.number);
      const counts = stateOf(world, visit) === 'SHARED' && visit.outcome !== 'ACCESS_REFUSED';
      return counts && sharing.owner === rule.borough && sharing.home === home && rule.functions.includes(visit.madeAs);
    })
    .map(({ day }) => day);
  return [...new Set(days)].toSorted((a, b) => a - b);
}

/** A borough’s schedule, by its own rules and of its own homes and visits: nobody else’s tell anything of it. */
export function scheduleLines(world: MonitoringWorld, tenant: number): string[] {
  const own = [...world.rules.entries()].filter(([, { borough }]) => borough === tenant);
  const planned = own.flatMap(([number, rule]) =>
    usedBy(world, tenant).map((home) => ({ number, rule, home, days: daysOf(world, rule, home) })),
  );
  const count = (state: string) => planned.filter(({ rule }) => stateFor(rule) === state).length;
  const atFirstHome = planned.filter(({ home }) => home === 0);
  return [
    ...own.map(([number, { functions, everyDays: every }]) =>
      lineOf('visitRules', {
        ...ref('rule', number),
        name: said('rule', number),
        functions,
        every: { count: every },
      }),
    ),
    ...planned.map(({ number, rule, home, days }) =>
      lineOf('visitSchedule', {
        home: ref('home', home),
        rule: ref('rule', number),
        dueOn: dayOf(rule.everyDays),
        state: stateFor(rule),
        lastVisitOn: days.length === 0 ? null : dayOf(days.at(-1) ?? 0),
      }),
    ),
    lineOf('visitScheduleFigures', {
      upcoming: count('UPCOMING'),
      due: count('DUE'),
      overdue: 0,
      done: planned.flatMap(({ days }) => days).length,
    }),
    ...atFirstHome.map(({ number }) => lineOf('home0 scheduledVisits', { rule: ref('rule', number) })),
    ...atFirstHome.flatMap(({ number, days }) =>
      days.map((day) => lineOf('home0 visitsDone', { rule: ref('rule', number), doneOn: dayOf(day) })),
    ),
  ];
}

/** What is due tomorrow is due, and what is due in a month is not yet. */
const stateFor = ({ everyDays }: ModelRule): string => (everyDays === 1 ? 'DUE' : 'UPCOMING');

/** What a borough said of its notices, where it owes some and has not, and what others said of those to it. */
export function noticeLines(world: MonitoringWorld, tenant: number): string[] {
  const homes = usedBy(world, tenant);
  const owed = new Set(
    homes.flatMap((home) => {
      const host = world.homes[home]?.host ?? null;
      return host === null || host === tenant ? [] : [host];
    }),
  );
  const given = world.notices.filter(({ borough }) => borough === tenant);
  const line = (borough: number, host: number, day: number | null, isBehind: boolean | null): string =>
    lineOf('hostNotices', {
      placingBorough: ref('organisation', borough),
      hostBorough: ref('organisation', host),
      upToDateAsAt: day === null ? null : dayOf(day),
      isBehind,
    });
  return [
    // Homes are used since today: whoever said so earlier has begun since.
    ...given.map(({ host, day }) => line(tenant, host, day, owed.has(host) && day < 0)),
    ...[...owed]
      .filter((host) => !given.some((notice) => notice.host === host))
      .map((host) => line(tenant, host, null, true)),
    ...world.notices.filter(({ host }) => host === tenant).map(({ borough, day }) => line(borough, tenant, day, null)),
  ];
}
