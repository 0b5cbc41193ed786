import { calendarDaysAfter } from '@accord/kernel';
import { accreditationRows, type ExampleAccreditation } from './accreditation-rows.js';
import type { Random } from './bench-world-random.js';
import type { Rows } from './bench-world-rows.js';

const STATUS = {
  ACCREDITED: 50,
  ACCREDITED_WITH_CONDITIONS: 15,
  IN_ASSESSMENT: 12,
  APPLIED: 10,
  REVIEW_OVERDUE: 6,
  INTERIM_SUSPENDED: 2,
  SUSPENDED: 2,
  LAPSED: 3,
};

/**
 * Four of five providers with the alliance's whole file of them. Reviews that are not late are due years
 * ahead: the clock of a bench world that is loaded later on finds nothing to do, and nobody to tell.
 */
export function benchAccreditation(random: Random, providerIds: readonly string[]): Rows {
  const rows: Record<string, Readonly<Record<string, unknown>>[]> = {};
  for (const id of providerIds.filter(() => random.chance(0.8))) {
    for (const [table, added] of Object.entries(accreditationRows(id, storyOf(random)))) {
      (rows[table] ??= []).push(...added);
    }
  }
  return rows;
}

function storyOf(random: Random): ExampleAccreditation {
  const status = random.weighted(STATUS);
  const reviewDue = random.date('2032-01-01', '2034-12-31');
  const since = random.date('2024-01-01', '2026-10-31');
  const award = { status: 'ACCREDITED', since: calendarDaysAfter(since, -300) };
  switch (status) {
    case 'REVIEW_OVERDUE':
      return { status, since, reviewDue: calendarDaysAfter(since, -1), award };
    case 'INTERIM_SUSPENDED':
    case 'SUSPENDED':
    case 'LAPSED':
      return { status, since, reviewDue, award };
    case 'ACCREDITED_WITH_CONDITIONS':
      return { status, since, reviewDue, conditions: ['Waking-night staff at every home'] };
    default:
      return { status, since, reviewDue };
  }
}
