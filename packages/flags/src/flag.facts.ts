import { AlertKind, SharingLevel } from '@accord/access';
import { newId } from '@accord/kernel';
import { execute, recordEvent } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FlagKind, Severity } from './vocabulary.js';

/** Something that is known for a fact and has to be flagged, such as the regulator's judgement. */
export interface FactToFlag {
  readonly providerId: string;
  /** Null where it is about the provider. */
  readonly homeId: string | null;
  readonly kind: FlagKind;
  readonly severity: Severity;
  readonly summary: string;
  /** Why it goes to the boroughs concerned; recorded. */
  readonly reason: string;
}

/**
 * Raises flags that no person decides on, for the boroughs concerned, each told of like any other. Call it in the
 * transaction of what they rest on, while the providers' locks are held.
 * @param em a transaction in the owner's name.
 * @returns the ids of the flags, in the order of the facts.
 */
export async function flagFacts(
  em: EntityManager,
  ownerId: string,
  facts: readonly FactToFlag[],
  at: Date,
): Promise<string[]> {
  if (facts.length === 0) return [];
  const flags = facts.map((fact) => ({ id: newId(), ...fact }));
  const rows = JSON.stringify(flags);
  await execute(
    em,
    `insert into sharing (id, kind, owner_id, provider_id, home_id, level, anonymous, existence_known, severity, reason)
     select id, 'FLAG', ?::uuid, "providerId", "homeId", '${SharingLevel.BOROUGHS_CONCERNED}', false, true, severity, reason
     from jsonb_to_recordset(?::jsonb) as v(id uuid, "providerId" uuid, "homeId" uuid, severity text, reason text)`,
    [ownerId, rows],
  );
  await execute(
    em,
    `insert into flag (id, kind, severity, summary, version, raised_at)
     select id, kind, severity, summary, 1, ?::timestamptz
     from jsonb_to_recordset(?::jsonb) as v(id uuid, kind text, severity text, summary text)`,
    [at, rows],
  );
  for (const { id: sharingId, providerId, homeId } of flags)
    await recordEvent(em, { kind: AlertKind.FLAG_RAISED, ownerId, providerId, homeId, sharingId }, at);
  return flags.map(({ id }) => id);
}
