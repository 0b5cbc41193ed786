import { AlertKind, type SharingClass } from '@accord/access';
import type { DueDiligenceNotice } from '@accord/due-diligence';
import type { Flag, Hold } from '@accord/flags';
import type { IntelligenceNotice } from '@accord/intelligence';
import type { VisitNotice } from '@accord/monitoring';
import type { Home, Provider } from '@accord/providers';
import type { AlertFilter } from './alert.type.js';

/** An event with its place, as the outbox keeps it: ids only. */
export interface PlacedEvent {
  readonly id: string;
  readonly position: string;
  readonly kind: AlertKind;
  readonly providerId: string | null;
  readonly homeId: string | null;
  readonly sharingId: string | null;
  /** The class of what is shared; null where nothing is. */
  readonly sharingKind: SharingClass | null;
  readonly agreementId: string | null;
  readonly referenceRequestId: string | null;
  readonly occurredAt: Date;
}

/** The columns of an event in the outbox, as `e`, that a `PlacedEvent` is made of. */
export const EVENT_COLUMNS = `e.id, e.position, e.kind, e.provider_id, e.home_id, e.sharing_id, e.sharing_kind, e.agreement_id,
  e.reference_request_id, e.occurred_at`;

/** A row of them, and the tenant that it is for; without one where the event is for nobody. */
export interface EventRow {
  readonly id: string;
  readonly position: string;
  readonly kind: AlertKind;
  readonly provider_id: string | null;
  readonly home_id: string | null;
  readonly sharing_id: string | null;
  readonly sharing_kind: SharingClass | null;
  readonly agreement_id: string | null;
  readonly reference_request_id: string | null;
  readonly occurred_at: Date | string;
  readonly tenant_id: string | null;
}

export const toEvent = (row: EventRow): PlacedEvent => ({
  id: row.id,
  position: String(row.position),
  kind: row.kind,
  providerId: row.provider_id,
  homeId: row.home_id,
  sharingId: row.sharing_id,
  // A flag's events do not name its class.
  sharingKind: row.sharing_id === null ? null : (row.sharing_kind ?? 'FLAG'),
  agreementId: row.agreement_id,
  referenceRequestId: row.reference_request_id,
  occurredAt: new Date(row.occurred_at),
});

/** An event as one tenant may see it, with what its filters ask about. */
export interface SeenEvent extends PlacedEvent {
  readonly provider: Provider | null;
  readonly home: Home | null;
  readonly flag: Flag | null;
  readonly hold: Hold | null;
  readonly intelligence: IntelligenceNotice | null;
  readonly visit: VisitNotice | null;
  readonly dueDiligence: DueDiligenceNotice | null;
  /** Every id by which a client may know the provider: its own, and those of providers that were merged into it. */
  readonly providerIds: readonly string[];
  /** Whether the tenant places there, and hosts it; asked where somebody narrows by it. */
  readonly concern: Concern | undefined;
}

/** How a tenant has to do with what an event is about. */
export interface Concern {
  readonly isUsed: boolean;
  readonly isHosted: boolean;
}

/** Whether a filter narrows by how the tenant has to do with things. */
export const narrowsByConcern = ({ usedByMyBorough, hostedInMyBorough }: AlertFilter): boolean =>
  typeof usedByMyBorough === 'boolean' || typeof hostedInMyBorough === 'boolean';

/** Whether an event is among those asked for. Works on what the tenant sees: what is masked matches nothing. */
export function matches(event: SeenEvent, filter: AlertFilter): boolean {
  if (filter.kind && !filter.kind.includes(event.kind)) return false;
  if (filter.providerIds && !filter.providerIds.some((id) => event.providerIds.includes(id))) return false;
  if (narrowsByConcern(filter)) {
    if (!event.concern) throw new Error('An event was read without what this filter narrows by.');
    const { isUsed, isHosted } = event.concern;
    if (typeof filter.usedByMyBorough === 'boolean' && filter.usedByMyBorough !== isUsed) return false;
    if (typeof filter.hostedInMyBorough === 'boolean' && filter.hostedInMyBorough !== isHosted) return false;
  }
  // What ended has no severity any more, and a hold never had one: neither is for those alone who did not narrow.
  if (!filter.severity || event.kind === AlertKind.ACCESS_ENDED || event.hold) return true;
  const severity = event.flag?.severity;
  return severity !== null && severity !== undefined && filter.severity.includes(severity);
}

/** The moment, unless it would give an anonymous author away. */
export const disclosedTime = (event: SeenEvent): Date | null =>
  event.flag?.raisedAt === null ||
  event.hold?.decidedAt === null ||
  event.intelligence?.isNamed === false ||
  event.visit?.isNamed === false
    ? null
    : event.occurredAt;
