import { execute } from '@accord/persistence';
import { AlertKind, audienceOf, type Knows } from '@accord/access';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What of an event says for whom it is. */
export interface AddressedEvent {
  readonly id: string;
  readonly kind: AlertKind;
  readonly sharing_id: string | null;
  readonly recipients: readonly string[] | null;
}

/**
 * The tenants that events are for, all tenants and events at once: the audience of what they are about as it
 * is now, narrowed to those who were named; for an end of access those named, who are no longer in it.
 * @param em inside a transaction of the worker.
 */
export async function tenantsOf(em: EntityManager, events: readonly AddressedEvent[]): Promise<Map<string, string[]>> {
  const shared = events.filter((event) => !endsSight(event)).flatMap((event) => event.sharing_id ?? []);
  const told = (await audienceOf(em, [...new Set(shared)])).filter(isTold);
  const knowing = Map.groupBy(told, (knows) => knows.sharingId);
  const members = events.some((event) => event.sharing_id === null) ? await activeTenants(em) : [];
  return new Map(
    events.map((event) => {
      if (endsSight(event)) return [event.id, [...(event.recipients ?? [])]];
      const all =
        event.sharing_id === null ? members : (knowing.get(event.sharing_id) ?? []).map((knows) => knows.tenantId);
      return [event.id, all.filter((tenantId) => event.recipients?.includes(tenantId) ?? true)];
    }),
  );
}

/** Those named are no longer in the audience, and hear of this all the same: of the end of what they knew of. */
const endsSight = ({ kind, recipients }: AddressedEvent): boolean =>
  kind === AlertKind.ACCESS_ENDED || (kind === AlertKind.HOLD_LIFTED && recipients !== null);

/** That intelligence is there and may be asked for is found by whoever looks, and told to nobody. */
const isTold = ({ kind, inFull }: Knows): boolean => inFull || kind !== 'INTELLIGENCE';

async function activeTenants(em: EntityManager): Promise<string[]> {
  const rows = await execute<{ id: string }>(em, 'select id from organisation where suspended_at is null');
  return rows.map((row) => row.id);
}
