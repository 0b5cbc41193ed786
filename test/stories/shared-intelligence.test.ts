import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { exampleId, organisationId, providerId, TENANT_CODE } from '@accord/infra';
import { londonDate } from '@accord/kernel';
import { TestAccord, until, type TestClient, type TestStream } from '@accord/testkit';
import { streamsOpened } from '../contract/support/wait.js';
import { at, COPPERBEECH, inbox } from './alliance.js';

/** The example world's story as far as intelligence goes, and user story 7 where a dashboard hears of it. */

const TODAY = londonDate(new Date());
const [BRENT, HAVERING, CITY] = ['brent', 'havering', 'cityOfLondon'].map((name) =>
  organisationId(TENANT_CODE[name as keyof typeof TENANT_CODE]),
);

const ALERTS = `subscription { providerAlerts(filter: { kind: [INTELLIGENCE_SHARED, INTELLIGENCE_CHANGED, INTELLIGENCE_WITHDRAWN, ACCESS_ENDED] }) {
  cursor kind occurredAt home { name } flag { id } intelligence { id category tlp version } } }`;

interface Alert {
  readonly cursor: string;
  readonly kind: string;
  readonly occurredAt: string | null;
  readonly flag: null;
  readonly intelligence: { readonly id: string; readonly category: string | null; readonly version: number | null };
}

let accord: TestAccord;
let barnet: TestClient;
const streams = new Map<string, TestStream<{ providerAlerts: Alert }>>();

beforeAll(async () => {
  // The worker's clock turns each second.
  accord = await TestAccord.start({ CLOCK_EVERY_MS: '1000' });
  barnet = await accord.as('barnet-placements');
  for (const name of [
    'brent-dashboard',
    'havering-quality',
    'city-commissioning',
    'ealing-placements',
    'alliance-safeguarding',
  ]) {
    streams.set(name, (await accord.as(name)).subscribe(ALERTS));
  }
  await streamsOpened(accord.url, streams.size);
});

afterAll(async () => {
  for (const stream of streams.values()) stream.close();
  await accord.stop();
});

const heard = (name: string, id: string) =>
  (streams.get(name)?.events ?? [])
    .flatMap(({ data }) => data?.providerAlerts ?? [])
    .filter((alert) => alert.intelligence.id === id)
    .map(({ kind }) => kind);

async function act<T = { item: { id: string; version: number } }>(
  client: TestClient,
  mutation: string,
  type: string,
  input: Readonly<Record<string, unknown>>,
  answer = 'item { id version }',
): Promise<T> {
  const data = await client.data<Record<string, T>>(
    `mutation($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`,
    { input: { idempotencyKey: randomUUID(), ...input } },
  );
  const [payload] = Object.values(data);
  if (payload === undefined) throw new Error(`${mutation} answered nothing.`);
  return payload;
}

const record = (client: TestClient, input: Readonly<Record<string, unknown>>) =>
  act(client, 'recordIntelligence', 'RecordIntelligenceInput', {
    ...COPPERBEECH,
    category: 'STAFFING',
    summary: 'Nobody answers at night.',
    detail: 'We telephoned on three nights.',
    observedOn: TODAY,
    ...input,
  });

const see = async (client: TestClient, id: string, fields = 'id summary') =>
  (
    await client.send<{ intelligenceItem: Record<string, unknown> | null }>(
      `query($id: ID!) { intelligenceItem(id: $id) { ${fields} } }`,
      { id },
    )
  ).data?.intelligenceItem ?? null;

it('goes from Barnet to Brent and Havering by name, is corroborated by name, widened, corrected and taken back', async () => {
  const sharing = { level: 'NAMED', boroughIds: [BRENT, HAVERING], reason: 'They place there and host it.' };
  const { item } = await record(barnet, { sharing });
  await until(() => heard('brent-dashboard', item.id).length === 1 && heard('havering-quality', item.id).length === 1);
  const city = await accord.as('city-commissioning');
  expect(await see(city, item.id)).toBeNull();

  // Four boroughs have to do with Copperbeech House: leaving out a name would not hide it.
  const refused = await barnet.send(
    'mutation($input: RecordIntelligenceInput!) { recordIntelligence(input: $input) { item { id } } }',
    {
      input: {
        ...COPPERBEECH,
        category: 'STAFFING',
        summary: 'x',
        detail: 'y',
        observedOn: TODAY,
        sharing: { ...sharing, anonymous: true },
        idempotencyKey: randomUUID(),
      },
    },
  );
  expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: 'input.sharing.anonymous' });

  const change = await act(barnet, 'changeIntelligenceSharing', 'ChangeIntelligenceSharingInput', {
    itemId: item.id,
    sharing: { ...sharing, boroughIds: [BRENT, HAVERING, CITY] },
    expectedVersion: 1,
  });
  await until(() => heard('city-commissioning', item.id).length === 1);
  expect(heard('brent-dashboard', item.id)).toEqual(['INTELLIGENCE_SHARED']);
  const corroborate =
    'mutation($input: CorroborateInput!) { corroborateIntelligence(input: $input) { item { corroboration { isSingleSource boroughs { name } } } } }';
  const said = { itemId: item.id, kind: 'SEEN_HERE_TOO' };
  expect((await city.send(corroborate, { input: { ...said, anonymous: true } })).errors?.[0]?.extensions.code).toBe(
    'BAD_USER_INPUT',
  );
  expect(await city.data(corroborate, { input: said })).toEqual({
    corroborateIntelligence: {
      item: { corroboration: { isSingleSource: false, boroughs: [{ name: 'City of London' }] } },
    },
  });

  const corrected = await act(barnet, 'correctIntelligence', 'CorrectIntelligenceInput', {
    itemId: item.id,
    summary: 'Nobody answers after midnight.',
    reason: 'The hour was wrong.',
    expectedVersion: change.item.version,
  });
  await until(() => heard('city-commissioning', item.id).length === 2);
  expect(await see(city, item.id, 'summary correctedOn wordings { summary }')).toEqual({
    summary: 'Nobody answers after midnight.',
    correctedOn: TODAY,
    wordings: [],
  });
  expect(await see(barnet, item.id, 'wordings { version summary reason replacedBy }')).toEqual({
    wordings: [
      {
        version: 2,
        summary: 'Nobody answers at night.',
        reason: 'The hour was wrong.',
        replacedBy: 'Barnet placements officer',
      },
    ],
  });

  // Whoever has lost it by the time that its inbox is written is not told of the change.
  await until(async () => (await notices(city)).length === 2);
  // Narrowed: the City loses it, and is told so with ids alone; its inbox says no more than that.
  const narrowed = await act(barnet, 'changeIntelligenceSharing', 'ChangeIntelligenceSharingInput', {
    itemId: item.id,
    sharing,
    expectedVersion: corrected.item.version,
  });
  expect(await see(city, item.id)).toBeNull();
  await until(() => heard('city-commissioning', item.id).length === 3);
  expect(heard('city-commissioning', item.id)).toEqual(['INTELLIGENCE_SHARED', 'INTELLIGENCE_CHANGED', 'ACCESS_ENDED']);
  const last = streams.get('city-commissioning')?.events.at(-1)?.data?.providerAlerts;
  expect(last).toMatchObject({ flag: null, intelligence: { id: item.id, category: null, tlp: null, version: null } });
  await until(async () => (await notices(city)).length === 3);
  expect(new Set((await notices(city)).map(({ subject }) => subject))).toEqual(
    new Set(['Copperbeech House, Lanternfield Supported Living Ltd: no longer shared with you']),
  );

  await act(barnet, 'withdrawIntelligence', 'WithdrawIntelligenceInput', {
    itemId: item.id,
    reason: 'It was the house next door.',
    expectedVersion: narrowed.item.version,
  });
  const havering = await accord.as('havering-quality');
  await until(() => heard('havering-quality', item.id).includes('INTELLIGENCE_WITHDRAWN'));
  expect(await see(havering, item.id, 'summary detail withdrawnOn withdrawalReason')).toEqual({
    summary: null,
    detail: null,
    withdrawnOn: TODAY,
    withdrawalReason: 'It was the house next door.',
  });
  for (const name of ['ealing-placements', 'alliance-safeguarding']) expect(heard(name, item.id)).toEqual([]);
});

const notices = async (client: TestClient) =>
  (await inbox(client)).filter(({ subject }) => subject.startsWith('Copperbeech House'));

it('keeps what came from the police with Havering: no hint, count, name or file has it elsewhere', async () => {
  const PENNYROYAL = at('Pennyroyal Care Ltd', 'Pennyroyal View');
  const id = exampleId('intelligence', 'Cars that are not neighbours’ wait outside on Friday nights.');
  const asked = `query($id: ID!) { provider(id: $id) { visibleIntelligenceCount heldIntelligence { id } intelligence(first: 5) { nodes { id } } } }`;
  for (const name of ['brent-placements', 'barnet-placements', 'alliance-safeguarding']) {
    const client = await accord.as(name);
    expect(await client.data(asked, { id: PENNYROYAL.providerId })).toEqual({
      provider: { visibleIntelligenceCount: 0, heldIntelligence: [], intelligence: { nodes: [] } },
    });
    expect(await see(client, id)).toBeNull();
  }
  const havering = await accord.as('havering-quality');
  expect(
    await see(havering, id, 'policeOrigin { force source information handling consentedBoroughs { name } }'),
  ).toEqual({
    policeOrigin: { force: 'An example force', source: 2, information: 'C', handling: 'C', consentedBoroughs: [] },
  });
  const share = (consentedBoroughIds: unknown[]) =>
    havering.send<{ changeIntelligenceSharing: { item: { id: string } } }>(
      'mutation($input: ChangeIntelligenceSharingInput!) { changeIntelligenceSharing(input: $input) { item { id } } }',
      {
        input: {
          itemId: id,
          sharing: { level: 'NAMED', boroughIds: [BRENT, CITY], reason: 'They place there.' },
          consentedBoroughIds,
          expectedVersion: 1,
          idempotencyKey: randomUUID(),
        },
      },
    );
  // Consent has to cover the very audience.
  expect((await share([BRENT])).errors?.[0]?.message).toMatch(/has not consented to City of London/);
  const brent = await accord.as('brent-placements');
  expect(await see(brent, id)).toBeNull();
  expect((await share([BRENT, CITY])).errors).toBeUndefined();
  expect(await see(brent, id, 'id policeOrigin { force }')).toEqual({ id, policeOrigin: null });
  const { exportIntelligence } = await brent.data<{ exportIntelligence: { file: { content: string } } }>(
    'mutation { exportIntelligence(input: { format: CSV, purpose: MONITORING }) { file { content } } }',
  );
  expect(exportIntelligence.file.content).not.toContain(id);
});

it('refuses what names or describes a person, says where, and writes nothing', async () => {
  const sharing = { level: 'OWN_BOROUGH', reason: 'Not confirmed yet.' };
  const input = { ...COPPERBEECH, category: 'STAFFING', observedOn: TODAY, sharing };
  const before = await see(barnet, randomUUID());
  for (const [path, wrong] of [
    ['input.summary', { summary: 'Ring 07700 900123 about it.', detail: 'Fine.' }],
    ['input.detail', { summary: 'Fine.', detail: 'NHS 943 476 5919, DOB 01/02/2009.' }],
    [
      'input.sharing.reason',
      { summary: 'Fine.', detail: 'Fine.', sharing: { ...sharing, reason: 'Asked by jo@example.com' } },
    ],
  ] as const) {
    const { errors, data } = await barnet.send<Record<string, unknown>>(
      'mutation($input: RecordIntelligenceInput!) { recordIntelligence(input: $input) { item { id } } }',
      { input: { ...input, ...wrong, idempotencyKey: randomUUID() } },
    );
    expect({ data, ...errors?.[0]?.extensions }).toMatchObject({
      data: { recordIntelligence: null },
      code: 'BAD_USER_INPUT',
      path,
      personalData: [{ start: expect.any(Number), end: expect.any(Number) }, ...(path === 'input.detail' ? [{}] : [])],
    });
  }
  expect(before).toBeNull();
});

it('is found to be a pattern of what three boroughs keep to themselves, of which the safeguarding lead alone is told', async () => {
  const MARROWBY = providerId('Marrowby Homes Ltd');
  const kept = { level: 'OWN_BOROUGH', reason: 'Not confirmed.' };
  const ids: string[] = [];
  for (const who of ['brent-quality', 'barnet-placements', 'city-commissioning']) {
    const input = { providerId: MARROWBY, homeId: null, mayCount: true, sharing: kept };
    ids.push((await record(await accord.as(who), input)).item.id);
  }
  const told = async (who: string) => {
    const { notifications } = await (
      await accord.as(who)
    ).data<{ notifications: { nodes: { kind: string; subject: string; intelligence: object | null }[] } }>(
      '{ notifications(first: 50) { nodes { kind subject intelligence { id } } } }',
    );
    return notifications.nodes.filter(({ kind }) => kind === 'PATTERN_FOUND');
  };
  await until(async () => (await told('alliance-safeguarding')).length > 0, 15_000);
  expect(await told('alliance-safeguarding')).toEqual([
    { kind: 'PATTERN_FOUND', subject: 'Marrowby Homes Ltd: pattern of concern found', intelligence: null },
  ]);
  const { patternReviews } = await (
    await accord.as('alliance-safeguarding')
  ).data<{ patternReviews: { state: string; provider: { id: string } }[] }>(
    '{ patternReviews { state provider { id } } }',
  );
  expect(patternReviews).toEqual([{ state: 'FOUND', provider: { id: MARROWBY } }]);
  for (const who of ['alliance-lead', 'alliance-accreditation', 'brent-director', 'barnet-placements', 'brent-ig'])
    expect([who, await told(who)]).toEqual([who, []]);
  // Nor does anybody learn of what was counted.
  for (const id of ids) expect(await see(await accord.as('alliance-safeguarding'), id)).toBeNull();
});
