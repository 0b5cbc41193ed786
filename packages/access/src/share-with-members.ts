import { newId } from '@accord/kernel';
import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { SharingClass } from './agreement.entity.js';
import { SharingLevel } from './sharing.entity.js';

/** A thing that is shared, and what it is about. */
export interface SharedThing {
  readonly id: string;
  readonly providerId: string;
  /** Null where it is about the provider. */
  readonly homeId: string | null;
}

/**
 * Shares things whose class leaves nothing to choose: with every member of an agreement in force that covers the
 * class, by name. However many they are, it takes two statements.
 * @param em a transaction in the owner's name.
 * @param decidedBy a name that the owner reads beside the reason.
 */
export async function shareWithMembers(
  em: EntityManager,
  kind: SharingClass,
  { ownerId, decidedBy, reason }: { readonly ownerId: string; readonly decidedBy: string; readonly reason: string },
  things: readonly SharedThing[],
): Promise<void> {
  const rows = JSON.stringify(things.map((thing) => ({ ...thing, decision: newId() })));
  await execute(
    em,
    `insert into sharing (id, kind, owner_id, provider_id, home_id, level, anonymous, existence_known, reason)
     select id, ?, ?::uuid, "providerId", "homeId", '${SharingLevel.ALLIANCE}', false, false, ?
     from jsonb_to_recordset(?::jsonb) as v(id uuid, "providerId" uuid, "homeId" uuid)`,
    [kind, ownerId, reason, rows],
  );
  await execute(
    em,
    `insert into sharing_decision (id, sharing_id, owner_id, level, reason, decided_by)
     select decision, id, ?::uuid, '${SharingLevel.ALLIANCE}', ?, ?
     from jsonb_to_recordset(?::jsonb) as v(id uuid, decision uuid)`,
    [ownerId, reason, decidedBy, rows],
  );
}
