import { AlertKind, findAlliance, noteReminders } from '@accord/access';
import { londonDate } from '@accord/kernel';
import { asAudience, recordEvent, TenantTransaction } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';

/**
 * Tells boroughs of their own holds whose day of review has come and that are not lifted: once for each such day,
 * however often and by how many workers this is called.
 * @param orm of the worker's role. @param now the moment to work for.
 * @returns how many it told of.
 */
export async function turnHoldClock(orm: MikroORM, now: Date): Promise<number> {
  const allianceId = await findAlliance(orm);
  if (allianceId === undefined) return 0;
  return TenantTransaction.run(orm, { tenantId: allianceId, callerId: null }, 'write', async (em) => {
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
    const fresh = await noteReminders(em, kind, due, now);
    for (const { id: sharingId, owner_id: ownerId, provider_id: providerId, home_id: homeId } of fresh) {
      const about = { ownerId, providerId, homeId, sharingId, sharingKind: 'HOLD' };
      await recordEvent(em, { kind, ...about, recipients: [ownerId] }, now);
    }
    return fresh.length;
  });
}
