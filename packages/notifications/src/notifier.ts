import { mayHear, tenantsOf, type AlertKind, type Role } from '@accord/access';
import { newId } from '@accord/kernel';
import { array, asAudience, execute } from '@accord/persistence';
import type { Severity } from '@accord/flags';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Channel, DeliveryState } from './notification.entity.js';
import { defaultPreference, wants, type Preference } from './preference.js';

interface EventRow {
  id: string;
  kind: AlertKind;
  sharing_id: string | null;
  position: string;
  provider_id: string | null;
  home_id: string | null;
  agreement_id: string | null;
  reference_request_id: string | null;
  occurred_at: Date | string;
}

interface RecipientRow {
  id: string;
  tenant_id: string;
  roles: Role[];
  enabled: boolean | null;
  minimum_severity: Severity | null;
}

/**
 * Tells everybody of an event whose preferences and rights match now: one notification per person or
 * machine, its delivery in the app, and that attempt. All of it and the mark that the event is handled are
 * one transaction, so a worker that dies in the middle leaves nothing half told, and a second run of the
 * same job finds nothing to do.
 * @param em inside a transaction of the worker.
 * @returns how many were told.
 */
export async function notifyOf(em: EntityManager, eventId: string): Promise<number> {
  const [event] = await execute<EventRow>(
    em,
    `select id, position, kind, provider_id, home_id, sharing_id, agreement_id, reference_request_id, occurred_at
     from outbox_event where id = ? and position is not null and handled_at is null for update`,
    [eventId],
  );
  if (!event) return 0;
  const recipients = await findRecipients(em, event);
  if (recipients.length > 0) await write(em, event, recipients);
  await execute(em, 'update outbox_event set handled_at = now() where id = ?', [event.id]);
  return recipients.length;
}

async function findRecipients(em: EntityManager, event: EventRow): Promise<RecipientRow[]> {
  // As it is now, not as it was when the event got its place: who lost sight meanwhile is not told.
  const told = await asAudience<{ tenant_id: string }>(em, tenantsOf('outbox_event e where e.id = ?'), [event.id]);
  const tenants = told.map((row) => row.tenant_id);
  const severity = await severityOf(em, event);
  const rows = await execute<RecipientRow>(
    em,
    `select p.id, p.tenant_id, p.roles, n.enabled, n.minimum_severity
     from principal p join organisation o on o.id = p.tenant_id
     left join notification_preference n on n.recipient_id = p.id and n.kind = ?
     where p.tenant_id = any(?::uuid[]) and p.disabled_at is null and o.suspended_at is null`,
    [event.kind, array(tenants)],
  );
  return rows.filter((row) => mayHear(row.roles, event.kind) && wants(preferenceOf(row, event.kind), severity));
}

const preferenceOf = (row: RecipientRow, kind: AlertKind): Preference =>
  row.enabled === null
    ? defaultPreference(row.roles, kind)
    : { kind, enabled: row.enabled, minimumSeverity: row.minimum_severity };

async function severityOf(em: EntityManager, event: EventRow): Promise<Severity | null> {
  if (event.sharing_id === null) return null;
  const [row] = await asAudience<{ severity: Severity | null }>(em, 'select severity from sharing where id = ?', [
    event.sharing_id,
  ]);
  return row?.severity ?? null;
}

async function write(em: EntityManager, event: EventRow, recipients: readonly RecipientRow[]): Promise<void> {
  const rows = recipients.map((recipient) => ({
    id: newId(),
    delivery_id: newId(),
    attempt_id: newId(),
    tenant_id: recipient.tenant_id,
    recipient_id: recipient.id,
  }));
  // One statement for the three tables: a notification is in the app as soon as it is committed, and so delivered.
  await execute(
    em,
    `with told as (
       select * from jsonb_to_recordset(?::jsonb)
         as t(id uuid, delivery_id uuid, attempt_id uuid, tenant_id uuid, recipient_id uuid)
     ), notified as (
       insert into notification (id, tenant_id, recipient_id, event_id, position, kind, sharing_id, provider_id, home_id, agreement_id, reference_request_id, occurred_at)
       select id, tenant_id, recipient_id, ?, ?, ?, ?, ?, ?, ?::uuid, ?::uuid, ? from told
       on conflict (event_id, recipient_id) do nothing returning id
     ), delivered as (
       insert into delivery (id, tenant_id, recipient_id, notification_id, channel, state)
       select t.delivery_id, t.tenant_id, t.recipient_id, t.id, '${Channel.IN_APP}', '${DeliveryState.DELIVERED}'
       from told t join notified using (id) returning id
     )
     insert into delivery_attempt (id, tenant_id, recipient_id, delivery_id, number, started_at, outcome)
     select t.attempt_id, t.tenant_id, t.recipient_id, t.delivery_id, 1, now(), '${DeliveryState.DELIVERED}'
     from told t join delivered d on d.id = t.delivery_id`,
    [
      JSON.stringify(rows),
      event.id,
      event.position,
      event.kind,
      event.sharing_id,
      event.provider_id,
      event.home_id,
      event.agreement_id,
      event.reference_request_id,
      new Date(event.occurred_at),
    ],
  );
}
