import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { until, type TestClient, type TestStream } from '@accord/testkit';
import { newFlag } from './support/operation.js';
import { Scene, type Machine } from './support/scene.js';
import { TENANT } from './support/world.js';

const ALERTS = `subscription($filter: AlertFilter, $after: String) {
  providerAlerts(filter: $filter, after: $after) { id cursor kind flag { id summary } }
}`;
const RAISE = 'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }';

type Alert = {
  providerAlerts: { id: string; cursor: string; kind: string; flag: { id: string; summary: string } | null };
};
type Transport = 'WebSocket' | 'SSE';

const TRANSPORTS: Transport[] = ['WebSocket', 'SSE'];

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

const open = (client: TestClient, transport: Transport, variables = {}): TestStream<Alert> =>
  transport === 'SSE' ? client.stream<Alert>(ALERTS, variables) : client.subscribe<Alert>(ALERTS, variables);

async function raise(): Promise<string> {
  const brent = await scene.member('brent');
  const { raiseFlag } = await brent.data<{ raiseFlag: { flag: { id: string } } }>(RAISE, {
    input: { ...newFlag(), idempotencyKey: newId() },
  });
  await scene.settled();
  return raiseFlag.flag.id;
}

const codes = (stream: TestStream<Alert>): unknown[] =>
  stream.events.flatMap(({ errors }) => (errors ?? []).map((error) => error.extensions.code));

const data = (stream: TestStream<Alert>): Alert[] => stream.events.flatMap((event) => event.data ?? []);

/** A stream that is known to be open, and to have been given everything that was raised so far: the last flag has come. */
async function opened(client: TestClient, transport: Transport): Promise<TestStream<Alert>> {
  const stream = open(client, transport);
  let last = '';
  await until(async () => {
    last = await raise();
    return stream.events.length > 0;
  });
  await until(() => data(stream).some(({ providerAlerts }) => providerAlerts.flag?.id === last));
  return stream;
}

describe.each(TRANSPORTS)('Subscription.providerAlerts over %s', (transport) => {
  it.each(['brent-placements', 'barnet-placements', 'brent DASHBOARD'])('is open to %s', async (who) => {
    const stream = await opened(await scene.caller(who), transport);
    expect(data(stream)[0]?.providerAlerts).toMatchObject({
      kind: 'FLAG_RAISED',
      flag: { summary: newFlag()['summary'] },
    });
    stream.close();
  });

  it.each(['brent-admin', 'alliance-admin', 'brent CARE_EXPERIENCED_VISITOR', 'brent ACCREDITATION_LEAD'])(
    'is refused to %s when it is opened, before anything happens',
    async (who) => {
      const client = await scene.caller(who);
      const before = await scene.footprint();
      const stream = open(client, transport);
      await until(() => stream.events.length > 0);
      expect({ codes: codes(stream), data: data(stream) }).toEqual({ codes: ['FORBIDDEN'], data: [] });
      expect(await scene.footprint()).toEqual(before);
      stream.close();
    },
  );

  it('is refused to whoever shows nothing, or nothing valid', async () => {
    for (const shown of [undefined, 'Bearer nobody']) {
      const stream = open(scene.accord.with(shown), transport);
      await until(() => stream.ended !== undefined);
      const refused = transport === 'SSE' ? { status: 401, code: undefined } : { status: undefined, code: 4403 };
      expect({ status: stream.status, code: stream.ended?.code, events: stream.events }).toEqual({
        ...refused,
        events: [],
      });
    }
  });

  const REVOCATIONS: readonly (readonly [string, (machine: Machine) => readonly [string, unknown[]], string])[] = [
    ['whose key was revoked', ({ keyId }) => ['update machine_key set revoked_at = now() where id = $1', [keyId]], ''],
    [
      'who was disabled',
      ({ principalId }) => ['update principal set disabled_at = now() where id = $1', [principalId]],
      '',
    ],
    [
      'whose organisation was suspended',
      () => ['update organisation set suspended_at = now() where id = $1', [TENANT.barnet]],
      `update organisation set suspended_at = null where id = '${TENANT.barnet}'`,
    ],
  ];

  it.each(REVOCATIONS)('brings nothing more to a machine %s, and is closed', async (_words, revocation, undo) => {
    const machine = await scene.machine('barnet', ['DASHBOARD']);
    const stream = await opened(machine.client, transport);
    const heard = stream.events.length;
    // By hand and without a wake-up: nothing but the check at the event itself can keep it back.
    await scene.sql(...revocation(machine));
    await raise();
    await until(() => stream.ended !== undefined);
    expect({ more: stream.events.length - heard, code: stream.ended?.code }).toEqual({
      more: 0,
      code: transport === 'WebSocket' ? 4403 : undefined,
    });
    if (undo !== '') await scene.sql(undo);
  });

  it('brings nothing more of a flag to those whose membership of the agreement has ended', async () => {
    const stream = await opened((await scene.machine('havering', ['DASHBOARD'])).client, transport);
    const set = (until: string) =>
      `update agreement_member set member_until = ${until} where organisation_id = '${TENANT.havering}'`;
    await scene.sql(set(`'2026-01-01'`));
    const heard = stream.events.length;
    const hidden = await raise();
    await scene.sql(set('null'));
    const known = await raise();
    await until(() => data(stream).some(({ providerAlerts }) => providerAlerts.flag?.id === known));
    expect(
      data(stream)
        .slice(heard)
        .map(({ providerAlerts }) => providerAlerts.flag?.id),
    ).toEqual([known]);
    expect(JSON.stringify(stream.events)).not.toContain(hidden);
    stream.close();
  });

  it('brings no data to somebody whose role has been taken', async () => {
    const machine = await scene.machine('barnet', ['DASHBOARD']);
    const stream = await opened(machine.client, transport);
    const heard = data(stream).length;
    await scene.sql(`update principal set roles = '{BOROUGH_ADMIN}' where id = $1`, [machine.principalId]);
    await raise();
    await until(() => codes(stream).length > 0 || stream.ended !== undefined);
    expect(data(stream).slice(heard)).toEqual([]);
    stream.close();
  });
});

describe('a cursor of a stream', () => {
  it('goes on for the same tenant and filter alone; any other is answered like one that never was', async () => {
    const stream = await opened(await scene.member('barnet'), 'SSE');
    const after = data(stream).at(-1)?.providerAlerts.cursor;
    stream.close();
    const missed = await raise();
    const again = open(await scene.member('barnet'), 'SSE', { after });
    await again.has(1);
    expect(data(again)[0]?.providerAlerts.flag?.id).toBe(missed);
    again.close();

    const filter = { usedByMyBorough: true };
    const refused = await Promise.all([
      refusal(await scene.member('city'), { after }),
      refusal(await scene.member('barnet'), { after, filter }),
      refusal(await scene.member('barnet'), { after: 'bm90IGEgY3Vyc29yIG9mIGFueWJvZHkgYXQgYWxs' }),
      refusal(await scene.member('barnet'), { after: '' }),
    ]);
    expect(new Set(refused)).toEqual(new Set([refused[0]]));
    expect(refused[0]).toContain('BAD_USER_INPUT');
  });

  async function refusal(client: TestClient, variables: Record<string, unknown>): Promise<string> {
    const stream = open(client, 'SSE', variables);
    await stream.has(1);
    stream.close();
    return JSON.stringify(stream.events[0]).replaceAll(/"requestId":"[^"]*"/g, '');
  }
});
