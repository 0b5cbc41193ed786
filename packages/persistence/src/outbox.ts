import { array } from './plain-row.js';
import { execute } from './statement.js';
import { newId } from '@accord/kernel';
import type { EntityManager } from '@mikro-orm/postgresql';

export interface NewEvent {
  /** Its own id, where that of what it tells of is to be told once; a new one unless given. */
  readonly id?: string;
  readonly kind: string;
  readonly ownerId: string;
  /** Null of what is about no provider. */
  readonly providerId: string | null;
  readonly homeId: string | null;
  readonly sharingId: string | null;
  /** The class of what is shared, a flag unless given: whoever lost it cannot look that up any more. */
  readonly sharingKind?: string;
  /** The sharing agreement that it is about. */
  readonly agreementId?: string;
  /** The request for references that it is about. */
  readonly referenceRequestId?: string;
  /** Named where the event is for these alone. */
  readonly recipients?: readonly string[];
}

/**
 * Writes an event in the transaction of what it tells of. Call it while the provider's lock is held
 * (`lockProvider`): its place among the provider's events is taken here.
 * @returns the event's id.
 */
export async function recordEvent(em: EntityManager, event: NewEvent, occurredAt: Date): Promise<string> {
  const id = event.id ?? newId();
  // Plain SQL: the ORM would ask for the row back, and its writer may not read it before it has an audience.
  const recipients = event.recipients === undefined ? null : array(event.recipients);
  await execute(
    em,
    `insert into outbox_event (id, kind, owner_id, provider_id, home_id, sharing_id, sharing_kind, agreement_id, reference_request_id, recipients, occurred_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid[], ?)`,
    [
      id,
      event.kind,
      event.ownerId,
      event.providerId,
      event.homeId,
      event.sharingId,
      event.sharingKind === 'FLAG' ? null : (event.sharingKind ?? null),
      event.agreementId ?? null,
      event.referenceRequestId ?? null,
      recipients,
      occurredAt,
    ],
  );
  return id;
}
