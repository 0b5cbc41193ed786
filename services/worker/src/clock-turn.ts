import { asError, turnSharingClock, type ClockTurn } from '@accord/access';
import { turnAccreditationClock } from '@accord/accreditation';
import { turnDueDiligenceClock } from '@accord/due-diligence';
import { turnHoldClock } from '@accord/flags';
import { findPatterns } from '@accord/intelligence';
import type { Logger } from '@accord/kernel';
import { turnScheduleClock, turnVisitClock } from '@accord/monitoring';
import { turnReferenceClock } from '@accord/references';
import { turnReportClock } from '@accord/reporting';
import type { MikroORM } from '@mikro-orm/postgresql';

/** What a feature does as time goes by. */
export type Turn = (orm: MikroORM, now: Date) => Promise<ClockTurn>;

/** Of every feature, by what the log calls it. */
export const TURNS: Readonly<Record<string, Turn>> = {
  sharing: turnSharingClock,
  accreditation: async (orm, now) => {
    const { done, faults } = await turnAccreditationClock(orm, now);
    return { told: done, faults };
  },
  holds: turnHoldClock,
  references: turnReferenceClock,
  'due diligence': turnDueDiligenceClock,
  visits: turnVisitClock,
  schedule: turnScheduleClock,
  reports: turnReportClock,
  patterns: async (orm) => ({ told: await findPatterns(orm), faults: [] }),
};

/**
 * Turns every clock once, one after the other. What one of them cannot do is logged, and keeps no other waiting: a
 * warning of one feature must not hang on the health of another.
 * @returns how much was told of, in all.
 */
export async function turnAll(
  turns: Readonly<Record<string, Turn>>,
  orm: MikroORM,
  now: Date,
  logger: Logger,
): Promise<number> {
  let all = 0;
  for (const [clock, turn] of Object.entries(turns)) {
    const { told, faults } = await turn(orm, now).catch((error: unknown) => ({ told: 0, faults: [asError(error)] }));
    for (const fault of faults) logger.error({ clock, reason: fault.message }, 'what is due was not done');
    if (told > 0) logger.info({ clock, told }, 'what is due is done');
    all += told;
  }
  return all;
}
