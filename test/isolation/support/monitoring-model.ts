import { answerLines } from './answer-model.js';
import { checkLines } from './check-model.js';
import type { MonitoringWorld } from './monitoring-world.js';
import { referenceLines } from './reference-model.js';
import { noticeLines, scheduleLines } from './schedule-model.js';
import { holdLines, ownVisitLines, visitLines } from './visit-model.js';

/** What is a borough’s alone: the alliance has neither. */
export const BOROUGHS_OWN = ['visitRules', 'visitSchedule', 'visitScheduleFigures', 'hostNotices'] as const;

/** What every surface of what is monitored says to somebody of a tenant, a line for each thing. */
export const surfacesOf = (world: MonitoringWorld, tenant: number): string[] =>
  (world.suspended[tenant]
    ? ['read UNAUTHENTICATED']
    : [
        ...visitLines(world, tenant),
        ...holdLines(world, tenant),
        ...answerLines(world, tenant),
        ...referenceLines(world, tenant),
        ...(tenant === 0
          ? BOROUGHS_OWN.map((surface) => `${surface} FORBIDDEN`)
          : [
              ...ownVisitLines(world, tenant),
              ...scheduleLines(world, tenant),
              ...noticeLines(world, tenant),
              ...checkLines(world, tenant),
            ]),
      ]
  ).toSorted();
