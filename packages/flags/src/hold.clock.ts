import { AlertKind, noteReminders, turnSteps, type ClockStep, type ClockTurn } from '@accord/access';
import { londonDate } from '@accord/kernel';
import { asAudience, lockProviders, recordEvent } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';

/**
 * Tells boroughs of their own holds whose day of review has come and that are not lifted: once for each such day,
 * however often and by how many workers this is called.
 * @param orm of the worker's role. @param now the moment to work for.
 */
export const turnHoldClock = (orm: MikroORM, now: Date): Promise<ClockTurn> => turnSteps(orm, now, [remind]);

const remind: ClockStep = async (em, _allianceId, now) => {
  const kind = AlertKind.HOLD_REVIEW_DUE;
  const due = await asAudience<{
    id: string;
    due_on: string;
    owner_id: string;
    provider_id: string;
    home_id: string | null;
  }>(
    em,
    `select h.id, h.review_on::text as due_on, s.owner_id, s.provider_id, s.home_id
     from placement_hold h join sharing s on s.id = h.id
     where h.lifted_on is null and h.review_on <= ?::date order by h.review_on, h.id`,
    [londonDate(now)],
  );
  // What happens to a provider is told in the order of the commits.
  await lockProviders(em, [...new Set(due.map((one) => one.provider_id))]);
  const fresh = await noteReminders(em, kind, due, now);
  for (const { id: sharingId, owner_id: ownerId, provider_id: providerId, home_id: homeId } of fresh) {
    const about = { ownerId, providerId, homeId, sharingId, sharingKind: 'HOLD' };
    await recordEvent(em, { kind, ...about, recipients: [ownerId] }, now);
  }
  return fresh.length;
};
