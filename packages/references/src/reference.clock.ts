import { AlertKind, noteReminders, turnSteps, type ClockStep, type ClockTurn } from '@accord/access';
import { londonDate } from '@accord/kernel';
import { asAudience, lockProviders, recordEvent } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';

/**
 * Tells boroughs that asked for references that the deadline is over: once for each request, and in the same words
 * whether everybody answered, nobody did, or nobody was there to be asked. Anything else would tell how many there were.
 * @param orm of the worker's role. @param now the moment to work for.
 */
export const turnReferenceClock = (orm: MikroORM, now: Date): Promise<ClockTurn> => turnSteps(orm, now, [remind]);

const remind: ClockStep = async (em, _allianceId, now) => {
  const kind = AlertKind.REFERENCES_LAPSED;
  const due = await asAudience<{
    id: string;
    due_on: string;
    requester_id: string;
    provider_id: string;
    home_id: string | null;
  }>(
    em,
    `select id, due_on::text as due_on, requester_id, provider_id, home_id
     from reference_request where due_on < ?::date order by due_on, id`,
    [londonDate(now)],
  );
  // What happens to a provider is told in the order of the commits.
  await lockProviders(em, [...new Set(due.map((one) => one.provider_id))]);
  const fresh = await noteReminders(em, kind, due, now);
  for (const { id: referenceRequestId, requester_id: ownerId, provider_id: providerId, home_id: homeId } of fresh) {
    const about = { ownerId, providerId, homeId, sharingId: null, referenceRequestId };
    await recordEvent(em, { kind, ...about, recipients: [ownerId] }, now);
  }
  return fresh.length;
};
