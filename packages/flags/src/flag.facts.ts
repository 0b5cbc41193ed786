import { AlertKind, audienceOf, SharingLevel } from '@accord/access';
import { newId } from '@accord/kernel';
import { array, execute, recordEvent } from '@accord/persistence';
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

/** A flag that `flagFacts` raised, and whose fact is over. */
export interface FactOver {
  readonly id: string;
  readonly providerId: string;
  readonly homeId: string | null;
}

/**
 * Resolves flags whose fact is over, each told of like any other; one that somebody has ended is left as it is. Call
 * it in the transaction of what it rests on, while the providers' locks are held.
 * @param em a transaction in the owner's name.
 */
export async function resolveFacts(
  em: EntityManager,
  ownerId: string,
  flags: readonly FactOver[],
  reason: string,
  at: Date,
): Promise<void> {
  const ids = array(flags.map(({ id }) => id));
  // Who knows only that a flag is there learns that it is over, and not what became of it.
  const knowing = await audienceOf(
    em,
    flags.map(({ id }) => id),
  );
  const ended = await execute<{ id: string }>(
    em,
    `update flag set outcome = 'RESOLVED', outcome_reason = ?, version = version + 1
     where id = any(?::uuid[]) and outcome is null returning id`,
    [reason, ids],
  );
  const isEnded = new Set(ended.map(({ id }) => id));
  await execute(em, 'update sharing set ended_at = ? where id = any(?::uuid[])', [at, array([...isEnded])]);
  for (const { id: sharingId, providerId, homeId } of flags) {
    if (!isEnded.has(sharingId)) continue;
    const about = { ownerId, providerId, homeId, sharingId };
    await recordEvent(em, { kind: AlertKind.FLAG_RESOLVED, ...about }, at);
    const recipients = knowing.filter((one) => one.sharingId === sharingId && !one.inFull).map((one) => one.tenantId);
    if (recipients.length > 0) await recordEvent(em, { kind: AlertKind.ACCESS_ENDED, ...about, recipients }, at);
  }
}
