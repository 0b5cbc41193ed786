import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { providerId } from '@accord/infra';
import { withClient } from '@accord/persistence';
import { TestDeployment, until, type AnswerError, type GatewayProcess, type TestClient } from '@accord/testkit';
import { streamsOpened } from '../support/wait.js';
import { STREAM_WAYS, refusedStream } from '../support/ways.js';

/** A gateway as production runs it: a process of its own, whose log is on its standard output. */
let deployment: TestDeployment;
let gateway: GatewayProcess;
let client: TestClient;

const asSuperuser = (sql: string): Promise<Record<string, unknown>[]> =>
  withClient(
    deployment.ground.database.urls.superuser,
    async (database) => (await database.query<Record<string, unknown>>(sql)).rows,
  );

beforeAll(async () => {
  deployment = await TestDeployment.start({ variables: { NODE_ENV: 'production' } });
  [gateway] = await Promise.all([deployment.startGateway(), deployment.startWorker()]);
  client = await deployment.client('brent-quality', gateway);
});
afterAll(() => deployment.stop());

const RAISE = 'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }';
const flag = (over: Record<string, unknown> = {}) => ({
  providerId: providerId('Lanternfield Supported Living Ltd'),
  kind: 'OTHER',
  severity: 'LOW',
  summary: 'Something to be kept out of every log',
  idempotencyKey: 'production',
  ...over,
});

describe('the schema is not told', () => {
  it.each(['{ __schema { types { name } } }', '{ __type(name: "Flag") { name } }'])('to %s', async (query) => {
    const { data, errors } = await client.send(query);
    expect(data).toBeUndefined();
    expect(errors).not.toHaveLength(0);
    for (const { extensions } of errors ?? []) expect(extensions.code).toBe('BAD_USER_INPUT');
  });

  const MISSPELT: readonly [what: string, query: string, variables: object][] = [
    ['a field', '{ viewr { id } }', {}],
    ['a field further down', '{ viewer { tenantt { id } } }', {}],
    ['an argument', '{ providers(first: 1, filtr: null) { nodes { id } } }', {}],
    ['a type', '{ ... on Qury { viewer { id } } }', {}],
    [
      'a value in the document',
      '{ providers(first: 1, filter: { placementType: CHILDRENS_HOM }) { nodes { id } } }',
      {},
    ],
    ['a value in a variable', RAISE, { input: flag({ severity: 'HIG' }) }],
    ['a field of a variable', RAISE, { input: flag({ sumary: 'x' }) }],
  ];

  it.each(MISSPELT)('by a suggestion for %s', async (_what, query, variables) => {
    const { errors } = await client.send(query, { ...variables });
    expect(errors).not.toHaveLength(0);
    expect(errors?.map(({ message }) => message).join()).not.toMatch(/did you mean/i);
  });

  it.each(STREAM_WAYS)('by a suggestion on a stream (%s)', async (way) => {
    const field = await refusedStream(client, way, 'subscription { providerAlerts { occuredAt } }');
    const value = await refusedStream(
      client,
      way,
      'subscription($filter: AlertFilter) { providerAlerts(filter: $filter) { id } }',
      {
        filter: { severity: ['HIG'] },
      },
    );
    for (const errors of [field, value]) {
      expect(errors).toEqual([expect.objectContaining({ message: expect.not.stringMatching(/did you mean/i) })]);
    }
  });
});

test('there is no query page', async () => {
  const answers = await Promise.all(['/', '/graphiql', '/graphiql/page.js'].map((path) => fetch(gateway.url + path)));
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});

/** What a client hears of a fault of ours, and what the log has under the same request id. */
async function expectMasked(errors: readonly AnswerError[] | undefined): Promise<void> {
  expect(errors).toHaveLength(1);
  const [error] = errors ?? [];
  const requestId = error?.extensions.requestId ?? '';
  expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId });
  expect(error?.message).toBe(
    `Something went wrong on our side. Quote the request id ${requestId} when you report it.`,
  );
  const log = () => gateway.process.errors.filter((line) => line['requestId'] === requestId);
  // Its lines come by a pipe, and may come after the answer.
  await until(() => log().length > 0);
  const logged = log();
  expect(logged).toHaveLength(1);
  expect(JSON.stringify(logged)).not.toMatch(/select |insert |kept out of every log/i);
}

describe('a fault of ours is masked, and the log has it', () => {
  it('in a query', async () => {
    await asSuperuser('drop table delivery_attempt, delivery, notification cascade');
    const { status, data, errors } = await client.send('{ inbox: notifications(first: 1) { unreadCount } }');
    expect([status, data]).toEqual([200, null]);
    await expectMasked(errors);
    expect(gateway.process.errors.at(-1)).toMatchObject({
      path: ['inbox'],
      err: { code: '42P01', stack: expect.stringContaining('at ') },
    });
  });

  it('in a mutation, which leaves nothing', async () => {
    await asSuperuser('alter table outbox_event rename to outbox_elsewhere');
    const { data, errors } = await client.send(RAISE, { input: flag() });
    await asSuperuser('alter table outbox_elsewhere rename to outbox_event');
    expect(data).toEqual({ raiseFlag: null });
    await expectMasked(errors);
    expect(await asSuperuser(`select id from flag where summary like '%every log%'`)).toEqual([]);
    expect(await asSuperuser(`select key from idempotency_record`)).toEqual([]);
  });

  it.each(STREAM_WAYS)('in an event of a stream (%s)', async (way) => {
    const stream = client[way]('subscription { providerAlerts { provider { name arrangements { id } } } }');
    await streamsOpened(gateway.url);
    await asSuperuser('alter table commissioning_arrangement rename to arrangement_elsewhere');
    await client.data(RAISE, { input: flag({ idempotencyKey: way }) });
    const [event] = await stream.has(1);
    stream.close();
    await asSuperuser('alter table arrangement_elsewhere rename to commissioning_arrangement');
    await streamsOpened(gateway.url, 0);
    expect(event?.data).toEqual({ providerAlerts: { provider: null } });
    await expectMasked(event?.errors);
  });

  it('before anybody is known', async () => {
    // Whom the gateway has not met yet, it looks up.
    const stranger = await deployment.client('barnet-placements', gateway);
    await asSuperuser('alter table principal rename to principal_elsewhere');
    const { status, errors } = await stranger.send('{ viewer { id } }');
    const [socket, stream] = [
      stranger.subscribe('subscription { providerAlerts { id } }'),
      stranger.stream('subscription { providerAlerts { id } }'),
    ];
    await until(() => socket.ended !== undefined && stream.ended !== undefined);
    await asSuperuser('alter table principal_elsewhere rename to principal');
    expect(status).toBe(500);
    await expectMasked(errors);
    expect([socket.ended?.code, stream.status]).toEqual([4500, 500]);
    expect((await stranger.send('{ viewer { id } }')).status).toBe(200);
  });
});
