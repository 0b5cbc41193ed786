import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import type { Answer, TestClient, TestStream } from '@accord/testkit';
import { streamsOpened } from '../contract/support/wait.js';
import { newItem } from './support/operation.js';
import { codesOf, expectRefusal } from './support/refusal.js';
import { ITEM_SUMMARY, Scene } from './support/scene.js';
import { COURT, JUNIPERFIELD, TENANT } from './support/world.js';

/** An item of intelligence that its borough keeps to itself, and discloses at night to one that is in no agreement. */

const DISCLOSE =
  'mutation($input: UrgentDisclosureInput!) { urgentDisclosure(input: $input) { disclosure { id sharedId } } }';
const REVIEW =
  'mutation($input: ReviewUrgentDisclosureInput!) { reviewUrgentDisclosure(input: $input) { disclosure { outcome } } }';
const OPEN = 'mutation($id: ID!) { openIntelligence(id: $id, purpose: MONITORING) { item { detail } } }';
const ALERTS = `subscription { providerAlerts(filter: { kind: [INTELLIGENCE_SHARED, FLAG_RAISED, ACCESS_ENDED] }) {
  kind home { id } flag { id } intelligence { id category tlp version } } }`;

let scene: Scene;
let brent: TestClient;
let ealing: TestClient;
let stream: TestStream<{ providerAlerts: object }>;

beforeAll(async () => {
  scene = await Scene.start();
  [brent, ealing] = await Promise.all([scene.caller('brent-placements'), scene.caller('ealing-placements')]);
  // Whoever has not signed in yet is not told.
  for (const officer of ['brent-ig', 'ealing-ig', 'barnet-ig'])
    await (await scene.caller(officer)).data('{ viewer { id } }');
  stream = ealing.subscribe(ALERTS);
  await streamsOpened(scene.accord.url, 1);
});

afterAll(async () => {
  stream.close();
  await scene.stop();
});

const disclosing = (sharedId: string) => ({
  input: {
    sharedId,
    boroughIds: [TENANT.ealing],
    fearedHarm: 'A young person of Ealing’s moves in tonight',
    reason: 'Ealing’s out-of-hours officer asked at ten',
    idempotencyKey: newId(),
  },
});

async function record(input: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { recordIntelligence } = await brent.data<{ recordIntelligence: { item: { id: string } } }>(
    'mutation($input: RecordIntelligenceInput!) { recordIntelligence(input: $input) { item { id } } }',
    { input: { ...newItem(), ...input, idempotencyKey: newId() } },
  );
  return recordIntelligence.item.id;
}

interface Places {
  readonly intelligence: { readonly nodes: readonly { readonly id: string }[] };
  readonly provider: {
    readonly visibleIntelligenceCount: number;
    readonly intelligence: { readonly nodes: readonly { readonly id: string }[] };
  };
}

/** In which places a caller comes upon an item. */
async function places(client: TestClient, id: string) {
  const { intelligence, provider } = await client.data<Places>(
    `query($id: ID!) { intelligence(first: 50) { nodes { id } }
       provider(id: $id) { visibleIntelligenceCount intelligence(first: 50) { nodes { id } } } }`,
    { id: JUNIPERFIELD },
  );
  const item = await client.send<{ intelligenceItem: { summary: string } | null }>(
    'query($id: ID!) { intelligenceItem(id: $id) { summary } }',
    { id },
  );
  const opened = await client.send<{ openIntelligence: { item: { detail: string } } | null }>(OPEN, { id });
  const has = (nodes: readonly { readonly id: string }[]) => nodes.some((node) => node.id === id);
  return {
    feed: has(intelligence.nodes),
    ofProvider: has(provider.intelligence.nodes),
    count: provider.visibleIntelligenceCount,
    summary: item.data?.intelligenceItem?.summary ?? codesOf(item),
    detail: opened.data?.openIntelligence?.item.detail ?? codesOf(opened),
  };
}

const HIDDEN = { feed: false, ofProvider: false, count: 0, summary: ['NOT_FOUND'], detail: ['NOT_FOUND'] };

/** The kinds of what somebody's inbox has of an item, none of which may say that it is a flag. */
async function told(who: string, id: string): Promise<string[]> {
  const { notifications } = await (
    await scene.caller(who)
  ).data<{ notifications: { nodes: { id: string; kind: string; flag: object | null }[] } }>(
    '{ notifications(first: 50) { nodes { id kind flag { id } } } }',
  );
  const rows = await scene.sql<{ id: string }>('select id from notification where sharing_id = $1', [id]);
  const about = notifications.nodes.filter((node) => rows.some((row) => row.id === node.id));
  expect(about.filter(({ flag }) => flag !== null)).toEqual([]);
  return about.map(({ kind }) => kind).toSorted();
}

/** The one error of an answer, without what differs from request to request. */
const errorOf = ({ data, errors }: Answer) => ({
  data,
  errors: errors?.map(({ message, extensions }) => ({ message, ...extensions, requestId: undefined })),
});

describe('an item that was disclosed urgently', () => {
  let id: string;

  beforeAll(async () => {
    id = await record();
  });

  it('is there in every place for the borough that it was disclosed to, and for no other', async () => {
    expect(await places(ealing, id)).toEqual(HIDDEN);
    expect(await brent.data(DISCLOSE, disclosing(id))).toMatchObject({
      urgentDisclosure: { disclosure: { sharedId: id } },
    });
    expect(await places(ealing, id)).toEqual({
      feed: true,
      ofProvider: true,
      count: 1,
      summary: ITEM_SUMMARY,
      detail: newItem()['detail'],
    });
    for (const who of ['barnet-placements', 'havering-quality', 'camden QUALITY'])
      expect([who, await places(await scene.caller(who), id)]).toEqual([who, HIDDEN]);
  });

  it('arrives as intelligence and as no flag, and both officers of information governance are told', async () => {
    await scene.settled();
    expect((await stream.has(1)).map(({ data }) => data?.providerAlerts)).toEqual([
      {
        kind: 'INTELLIGENCE_SHARED',
        home: { id: COURT },
        flag: null,
        intelligence: { id, category: 'STAFFING', tlp: 'AMBER_STRICT', version: 1 },
      },
    ]);
    expect(await told('ealing-placements', id)).toContain('INTELLIGENCE_SHARED');
    for (const officer of ['brent-ig', 'ealing-ig'])
      expect([officer, await told(officer, id)]).toEqual([
        officer,
        expect.arrayContaining(['URGENT_DISCLOSURE_MADE']) as unknown,
      ]);
    expect(await told('barnet-ig', id)).toEqual([]);
  });

  it('is gone from each of them once its review has ended it, which says no more than its id', async () => {
    const officer = await scene.caller('brent-ig');
    const { urgentDisclosures } = await officer.data<{
      urgentDisclosures: { nodes: { id: string; sharedId: string; version: number }[] };
    }>('{ urgentDisclosures(first: 5, awaitingReview: true) { nodes { id sharedId version } } }');
    const disclosure = urgentDisclosures.nodes.find(({ sharedId }) => sharedId === id);
    const review = {
      disclosureId: disclosure?.id,
      outcome: 'ENDED',
      reason: 'They were moved elsewhere',
      expectedVersion: disclosure?.version,
      idempotencyKey: newId(),
    };
    expect(await officer.data(REVIEW, { input: review })).toEqual({
      reviewUrgentDisclosure: { disclosure: { outcome: 'ENDED' } },
    });
    expect(await places(ealing, id)).toEqual(HIDDEN);
    expect((await stream.has(2))[1]?.data?.providerAlerts).toEqual({
      kind: 'ACCESS_ENDED',
      home: { id: COURT },
      flag: null,
      intelligence: { id, category: null, tlp: null, version: null },
    });
    await scene.settled();
    expect(await told('ealing-placements', id)).toEqual(['ACCESS_ENDED', 'INTELLIGENCE_SHARED']);
    expect(await told('ealing-ig', id)).toContain('ACCESS_ENDED');
    expect(await told('brent-ig', id)).toEqual(['URGENT_DISCLOSURE_MADE', 'URGENT_DISCLOSURE_REVIEWED']);
  });
});

describe('it is not disclosed', () => {
  it('where it came from the police, until they have consented', async () => {
    const policeOrigin = {
      force: 'An example force',
      reference: 'R-1',
      receivedOn: '2026-11-01',
      source: 2,
      information: 'C',
      handling: 'P',
    };
    const variables = disclosing(await record({ policeOrigin }));
    await expectRefusal(scene, brent, 'BAD_USER_INPUT', DISCLOSE, variables);
    expect((await brent.send(DISCLOSE, variables)).errors).toMatchObject([
      {
        message: expect.stringMatching(/^This came from the police, .*: record their consent first\.$/) as unknown,
        extensions: { path: 'input.sharedId' },
      },
    ]);
  });

  it('by another borough, to which it answers like one that is not there', async () => {
    const id = await record();
    const camden = await scene.caller('camden PLACEMENTS');
    await expectRefusal(scene, camden, 'NOT_FOUND', DISCLOSE, disclosing(id));
    const [hidden, absent] = [
      await camden.send(DISCLOSE, disclosing(id)),
      await camden.send(DISCLOSE, disclosing(newId())),
    ];
    expect(errorOf(hidden)).toEqual(errorOf(absent));
  });
});
