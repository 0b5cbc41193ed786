import { randomUUID } from 'node:crypto';
import { homeId, providerId } from '@accord/infra';
import type { TestClient, TestStream } from '@accord/testkit';

/** An alert with everything that a dashboard shows of it. */
const ALERTS = `subscription ProviderAlerts($filter: AlertFilter, $after: String) {
  providerAlerts(filter: $filter, after: $after) {
    id cursor occurredAt kind
    provider { id name } home { id name }
    flag { id existenceOnly kind severity status summary detail outcomeReason raisedBy { name } }
  }
}`;

export interface Alert {
  readonly id: string;
  readonly cursor: string;
  readonly occurredAt: string | null;
  readonly kind: string;
  readonly provider: { readonly name: string };
  readonly home: { readonly name: string } | null;
  readonly flag: Flag;
}

export interface Flag {
  readonly id: string;
  readonly existenceOnly: boolean;
  readonly kind: string | null;
  readonly severity: string | null;
  readonly status: string | null;
  readonly summary: string | null;
  readonly detail: string | null;
  readonly outcomeReason: string | null;
  readonly raisedBy: { readonly name: string } | null;
}

export type Alerts = TestStream<{ providerAlerts: Alert }>;

export const alertsOf = (stream: Alerts): Alert[] => stream.events.flatMap(({ data }) => data?.providerAlerts ?? []);

/** What came: the kind, and what it says. */
export const heard = (stream: Alerts): [string, string | null][] =>
  alertsOf(stream).map(({ kind, flag }) => [kind, flag.summary]);

/** The providers of these stories: none on which the example world has flags from its start. */
const PROVIDERS = [
  'Ambleport Housing Ltd',
  'Fernlock Living Ltd',
  'Lanternfield Supported Living Ltd',
  'Quillstone Fostering Ltd',
];

/** Follows the stories' providers. @param after the cursor of the last alert, to go on from there. */
export const subscribeToAlerts = (client: TestClient, after?: string): Alerts =>
  client.subscribe(ALERTS, { filter: { providerIds: PROVIDERS.map(providerId) }, after: after ?? null });

/** Where a flag is raised. */
export const at = (provider: string, home?: string) => ({
  providerId: providerId(provider),
  ...(home !== undefined && { homeId: homeId(home) }),
});

export const COPPERBEECH = at('Lanternfield Supported Living Ltd', 'Copperbeech House');

/** @returns the new flag's id. */
export async function raiseFlag(client: TestClient, input: Readonly<Record<string, unknown>>): Promise<string> {
  const { raiseFlag: payload } = await client.data<{ raiseFlag: { flag: { id: string } } }>(RAISE, {
    input: { kind: 'SAFEGUARDING_CONCERN', severity: 'HIGH', idempotencyKey: randomUUID(), ...input },
  });
  return payload.flag.id;
}

export const RAISE = 'mutation RaiseFlag($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }';

/** What the caller does about a flag. */
export async function act(
  client: TestClient,
  mutation: 'acknowledgeFlag' | 'resolveFlag',
  flagId: string,
  reason?: string,
) {
  const query = `mutation Act($input: FlagActionInput!) { ${mutation}(input: $input) { flag { status } } }`;
  return client.send(query, { input: { flagId, reason, idempotencyKey: randomUUID() } });
}

export interface Notice {
  readonly subject: string;
  readonly occurredAt: string | null;
  readonly deliveries: readonly {
    readonly channel: string;
    readonly state: string;
    readonly attempts: readonly { readonly outcome: string }[];
  }[];
}

/** The caller's inbox, newest first. */
export async function inbox(client: TestClient): Promise<readonly Notice[]> {
  const { notifications } = await client.data<{ notifications: { nodes: Notice[] } }>(
    '{ notifications(first: 50) { nodes { subject occurredAt deliveries { channel state attempts { outcome } } } } }',
  );
  return notifications.nodes;
}
