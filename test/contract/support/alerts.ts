import { homeId, providerId } from '@accord/infra';
import type { TestClient, TestStream } from '@accord/testkit';

/** Where the alliance and Brent meet in the example world. */
export const LANTERNFIELD = {
  providerId: providerId('Lanternfield Supported Living Ltd'),
  homeId: homeId('Copperbeech House'),
};
export const LANTERN_YARD = { ...LANTERNFIELD, homeId: homeId('Lantern Yard') };
export const TIDEWELL = { providerId: providerId('Tidewell Care Ltd'), homeId: homeId('Tidewell Lodge') };
export const SALTMERE = { providerId: providerId('Saltmere Residential Ltd'), homeId: homeId('Saltmere Grange') };
export const HEARTHWAY = { providerId: providerId('Hearthway Homes Ltd'), homeId: homeId('Hearthway North') };

export const ALERTS = `subscription Alerts($filter: AlertFilter, $after: String) {
  providerAlerts(filter: $filter, after: $after) { id cursor kind provider { id } home { id } flag { id severity summary } }
}`;

export interface Alert {
  readonly id: string;
  readonly cursor: string;
  readonly kind: string;
  readonly provider: { readonly id: string } | null;
  readonly home: { readonly id: string } | null;
  readonly flag: { readonly id: string; readonly severity: string | null; readonly summary: string | null } | null;
}

export type AlertEvents = TestStream<{ providerAlerts: Alert }>;

/** What came on a stream, errors aside. */
export const alertsOf = (stream: AlertEvents): Alert[] =>
  stream.events.flatMap(({ data }) => data?.providerAlerts ?? []);

/** So many alerts of a stream. @throws Error when they do not come. */
export async function alerts(stream: AlertEvents, count: number, patienceMs?: number): Promise<Alert[]> {
  await stream.has(count, patienceMs);
  return alertsOf(stream);
}

let keys = 0;
const key = (): string => `alerts-${(keys += 1)}`;

/** Goes to every member of the agreement. */
const TO_ALL = { level: 'ALLIANCE', reason: 'For all' };

/** Raises a flag for every member, unless told otherwise. @returns its id. */
export async function raise(
  client: TestClient,
  about: object,
  over: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const input = {
    kind: 'OTHER',
    severity: 'LOW',
    summary: 'A flag of a test',
    sharing: TO_ALL,
    idempotencyKey: key(),
    ...about,
    ...over,
  };
  const { raiseFlag } = await client.data<{ raiseFlag: { flag: { id: string } } }>(
    'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }',
    { input },
  );
  return raiseFlag.flag.id;
}

export async function resolveFlag(client: TestClient, flagId: string): Promise<void> {
  await client.data('mutation($input: FlagActionInput!) { resolveFlag(input: $input) { flag { id } } }', {
    input: { flagId, reason: 'Settled', idempotencyKey: key() },
  });
}

/** Keeps a flag to its own organisation from now on. */
export async function keepFlag(client: TestClient, flagId: string): Promise<void> {
  await client.data('mutation($input: ChangeFlagSharingInput!) { changeFlagSharing(input: $input) { flag { id } } }', {
    input: {
      flagId,
      expectedVersion: 1,
      sharing: { level: 'OWN_BOROUGH', reason: 'Not for others' },
      idempotencyKey: key(),
    },
  });
}
