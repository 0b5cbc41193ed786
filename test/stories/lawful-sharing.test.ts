import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeChecks, homeId, organisationId, providerId, TENANT_CODE, verifyLog } from '@accord/infra';
import { londonDate } from '@accord/kernel';
import { withClient } from '@accord/persistence';
import { TestAccord, until, type TestClient } from '@accord/testkit';

/** User story 8: an information-governance officer proves that what was shared was shared lawfully. */

const PLACE = { providerId: providerId('Lanternfield Supported Living Ltd'), homeId: homeId('Copperbeech House') };
const HAVERING = organisationId(TENANT_CODE.havering);
const BARNET = organisationId(TENANT_CODE.barnet);
const SHARING = { level: 'NAMED', boroughIds: [HAVERING, BARNET], reason: 'They host it and place there.' };

let accord: TestAccord;
let brent: TestClient;
let officer: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  [brent, officer] = [await accord.as('brent-quality'), await accord.as('brent-ig')];
});

afterAll(() => accord.stop());

const RECORD = 'mutation($input: RecordIntelligenceInput!) { recordIntelligence(input: $input) { item { id } } }';
const OPEN = `mutation($id: ID!, $note: String) {
  openIntelligence(id: $id, purpose: PLACEMENT_DECISION, note: $note) { item { detail } }
}`;

const input = (more: Readonly<Record<string, unknown>> = {}) => ({
  ...PLACE,
  category: 'STAFFING',
  summary: 'Night staff do not stay awake.',
  detail: 'Told by two workers on two nights.',
  observedOn: londonDate(new Date()),
  sharing: SHARING,
  idempotencyKey: randomUUID(),
  ...more,
});

async function record(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { recordIntelligence } = await brent.data<{ recordIntelligence: { item: { id: string } } }>(RECORD, {
    input: input(more),
  });
  return recordIntelligence.item.id;
}

const sql = (text: string, values: unknown[] = []) =>
  withClient(accord.database.urls.superuser, (client) => client.query(text, values));

const checkChains = (secret = accord.config.ACCORD_SECRET) => verifyLog(accord.database.urls.owner, secret);

const sealed = () =>
  until(async () => {
    const { rows } = await sql(
      'select from read_log_entry e where not exists (select from read_log_seal s where s.entry_id = e.id)',
    );
    return rows.length === 0;
  }, 20_000);

interface Read {
  readonly itemId: string;
  readonly kind: string;
  readonly purpose: string | null;
  readonly note: string | null;
  readonly readAt: string;
  readonly seal: string | null;
  readonly reader: { readonly id: string; readonly displayName: string; readonly tenant: { readonly name: string } };
}

async function readLog(filter: Readonly<Record<string, unknown>>): Promise<Read[]> {
  const { readLog: log } = await officer.data<{ readLog: { nodes: Read[] } }>(
    `query($filter: ReadLogFilter) { readLog(first: 50, filter: $filter) {
       nodes { itemId kind purpose note readAt seal reader { id displayName tenant { name } } } } }`,
    { filter },
  );
  return log.nodes;
}

it('has every read with who, of which borough, what for and when; and answers who saw one record', async () => {
  const [id, other] = [await record(), await record()];
  const [havering, barnet] = [await accord.as('havering-quality'), await accord.as('barnet-placements')];
  await havering.data(OPEN, { id, note: 'Visit on Monday.' });
  await barnet.data('{ intelligence(first: 50) { nodes { summary } } }');
  await barnet.data(OPEN, { id: other });

  const reads = await readLog({ itemId: id });
  expect(reads).toMatchObject([
    {
      itemId: id,
      kind: 'SUMMARY',
      purpose: null,
      reader: { displayName: 'Barnet placements officer', tenant: { name: 'Barnet' } },
    },
    {
      itemId: id,
      kind: 'DETAIL',
      purpose: 'PLACEMENT_DECISION',
      note: 'Visit on Monday.',
      reader: { displayName: 'Havering quality officer', tenant: { name: 'Havering' } },
    },
  ]);
  // By person, and by period.
  const ofBarnet = await readLog({ readerId: reads[0]?.reader.id });
  expect(ofBarnet.map(({ itemId }) => itemId)).toEqual(expect.arrayContaining([id, other]));
  expect(new Set(ofBarnet.map(({ reader }) => reader.displayName))).toEqual(new Set(['Barnet placements officer']));
  expect(await readLog({ itemId: id, to: '2026-01-01' })).toEqual([]);
  expect(await readLog({ itemId: id, from: londonDate(new Date()) })).toHaveLength(2);

  await sealed();
  const { readLogExport: file } = await officer.data<{
    readLogExport: { name: string; rowCount: number; content: string };
  }>('query($filter: ReadLogFilter!) { readLogExport(filter: $filter, format: CSV) { name rowCount content } }', {
    filter: { itemId: id },
  });
  expect({ name: file.name, rowCount: file.rowCount }).toEqual({ name: 'read-log.csv', rowCount: 2 });
  const [, ...lines] = file.content.trim().split('\n');
  for (const line of lines) expect(line).toMatch(new RegExp(`^OFFICIAL-SENSITIVE,.*${id}.*[0-9a-f]{64}$`));
  // A purpose is asked for once per provider and day.
  const asked = 'query($id: ID!) { provider(id: $id) { readPurposeToday } }';
  expect(await havering.data(asked, { id: PLACE.providerId })).toEqual({
    provider: { readPurposeToday: 'PLACEMENT_DECISION' },
  });
});

it('keeps the log in a chain: whatever is altered, removed or slipped in is found at its first link', async () => {
  const id = await record();
  const havering = await accord.as('havering-quality');
  for (const note of ['one', 'two', 'three']) await havering.data(OPEN, { id, note });
  await sealed();
  const whole = await checkChains();
  expect(whole.map(({ broken, unsealed }) => ({ broken, unsealed }))).toEqual(
    whole.map(() => ({ broken: null, unsealed: 0 })),
  );
  const [brents] = whole.filter(({ name }) => name === 'Brent');
  expect(brents?.links).toBeGreaterThanOrEqual(3);
  expect(describeChecks(whole)).toMatch(
    /Brent: \d+ links hold; the last is [0-9a-f]{64}\n(.*\n)*The log is whole\.\n$/,
  );

  const { rows } = await sql(
    `select s.position, e.id from read_log_entry e join read_log_seal s on s.entry_id = e.id where e.note = 'two' and e.item_id = $1`,
    [id],
  );
  const [two] = rows as [{ position: string; id: string }];
  const brokenAfter = async (change: string, undo: string, values: unknown[]) => {
    await sql(change, values);
    const found = (await checkChains()).find(({ name }) => name === 'Brent')?.broken;
    await sql(undo, values);
    return found;
  };
  const at = { position: two.position, entryId: two.id };
  expect(
    await brokenAfter(
      `update read_log_entry set reader_name = reader_name || '!' where id = $1`,
      `update read_log_entry set reader_name = rtrim(reader_name, '!') where id = $1`,
      [two.id],
    ),
  ).toEqual({ ...at, reason: 'its entry or the link was altered' });
  expect(
    await brokenAfter(
      `update read_log_entry set read_at = read_at - interval '1 microsecond' where id = $1`,
      `update read_log_entry set read_at = read_at + interval '1 microsecond' where id = $1`,
      [two.id],
    ),
  ).toEqual({ ...at, reason: 'its entry or the link was altered' });
  // Whoever holds another secret than the workers' cannot make a chain that holds.
  const otherSecret = await checkChains('another secret of tests, long enough to be one');
  expect(otherSecret.find(({ name }) => name === 'Brent')?.broken?.position).toBe('1');
  // Last, as it cannot be undone: an entry that is gone, and a link that is.
  await sql('create table kept as select * from read_log_entry where id = $1', [two.id]);
  await sql('delete from read_log_entry where id = $1', [two.id]);
  const broken = await checkChains();
  expect(broken.find(({ name }) => name === 'Brent')?.broken).toEqual({ ...at, reason: 'its entry is gone' });
  expect(describeChecks(broken)).toContain(`BROKEN at link ${two.position} (entry ${two.id}): its entry is gone`);
  expect(describeChecks(broken)).toMatch(/The log is BROKEN\.\n$/);
  await sql('delete from read_log_seal where entry_id = $1', [two.id]);
  expect((await checkChains()).find(({ name }) => name === 'Brent')?.broken?.reason).toBe(
    `link ${two.position} is missing`,
  );
});

it('shares nothing new under an agreement that has ended, and what was shared under it is gone', async () => {
  const id = await record();
  const havering = await accord.as('havering-quality');
  const seen = 'query($id: ID!) { intelligenceItem(id: $id) { id } }';
  await havering.data(seen, { id });
  await sql(`update sharing_agreement set in_force_until = current_date - 1`);
  for (const sharing of [
    SHARING,
    { level: 'ALLIANCE', reason: 'All.' },
    { level: 'BOROUGHS_CONCERNED', reason: 'All.' },
  ]) {
    const { errors } = await brent.send(RECORD, { input: input({ sharing }) });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(errors?.[0]?.message).toMatch(/No sharing agreement in force|under no sharing agreement in force/);
  }
  expect((await havering.send(seen, { id })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  await sql('update sharing_agreement set in_force_until = null');
  await havering.data(seen, { id });
});

it('keeps why an item was not shared, and each time why it was shared so far and no further', async () => {
  const kept = { level: 'OWN_BOROUGH', reason: 'Heard once, from one worker.' };
  const id = await record({ sharing: kept });
  const CHANGE = `mutation($input: ChangeIntelligenceSharingInput!) {
    changeIntelligenceSharing(input: $input) { item { version } } }`;
  const change = (sharing: object, expectedVersion: number) =>
    brent.data(CHANGE, { input: { itemId: id, expectedVersion, sharing, idempotencyKey: randomUUID() } });
  await change(SHARING, 1);
  const decisions = 'query($id: ID!) { intelligenceItem(id: $id) { sharingDecisions { level reason decidedBy } } }';
  const havering = await accord.as('havering-quality');
  expect(await havering.data(decisions, { id })).toEqual({ intelligenceItem: { sharingDecisions: [] } });
  await change({ ...kept, reason: 'It was another home.' }, 2);
  const decidedBy = 'Brent quality officer';
  expect(await officer.data(decisions, { id })).toEqual({
    intelligenceItem: {
      sharingDecisions: [
        { level: 'OWN_BOROUGH', reason: 'It was another home.', decidedBy },
        { level: 'NAMED', reason: SHARING.reason, decidedBy },
        { level: 'OWN_BOROUGH', reason: kept.reason, decidedBy },
      ],
    },
  });
});
