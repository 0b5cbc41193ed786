import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { until } from '@accord/testkit';
import { streamsOpened } from '../contract/support/wait.js';
import { newItem } from './support/operation.js';
import { Scene } from './support/scene.js';
import { TENANT } from './support/world.js';

/** A share is narrowed while many read and listen. */
const READERS = 50;
const SUBSCRIBERS = 50;

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

const QUESTIONS = [
  'query($id: ID!) { intelligenceItem(id: $id) { id summary } }',
  'query { intelligence(first: 50) { nodes { id summary } }  }',
  'query { intelligence(first: 50, filter: { search: "Agency" }) { nodes { id } }  }',
  'mutation($id: ID!) { openIntelligence(id: $id, purpose: MONITORING) { item { id detail } } }',
];

it('is told of and shown to nobody who asks after it was narrowed', async () => {
  const brent = await scene.caller('brent-placements');
  const havering = await scene.caller('havering-quality');
  const named = (reason: string, tenants: readonly string[]) => ({ level: 'NAMED', boroughIds: tenants, reason });
  const record = async () =>
    (
      await brent.data<{ recordIntelligence: { item: { id: string } } }>(
        'mutation($input: RecordIntelligenceInput!) { recordIntelligence(input: $input) { item { id } } }',
        { input: { ...newItem(), sharing: named('Both.', [TENANT.havering, TENANT.barnet]), idempotencyKey: newId() } },
      )
    ).recordIntelligence.item.id;
  const streams = Array.from({ length: SUBSCRIBERS }, (_, number) =>
    havering[number % 2 === 0 ? 'subscribe' : 'stream']<{
      providerAlerts: { kind: string; intelligence: { id: string; category: string | null } | null };
    }>('subscription { providerAlerts { kind intelligence { id category } } }'),
  );
  await streamsOpened(scene.accord.url, SUBSCRIBERS);
  const id = await record();
  for (const stream of streams) await stream.has(1, 20_000);

  let narrowedAt = Infinity;
  let over = false;
  const late: { began: number; text: string }[] = [];
  const codes = new Set<string>();
  let early = 0;
  const readers = Array.from({ length: READERS }, async (_, number) => {
    for (let round = 0; !over; round += 1) {
      const began = performance.now();
      const { text, errors } = await havering.send(QUESTIONS[(number + round) % QUESTIONS.length] ?? '', { id });
      for (const error of errors ?? []) codes.add(error.extensions.code);
      if (!text.includes(`"id":"${id}"`)) continue;
      if (began > narrowedAt) late.push({ began, text });
      else early += 1;
    }
  });
  await until(() => early >= READERS, 30_000);
  await brent.data(
    'mutation($input: ChangeIntelligenceSharingInput!) { changeIntelligenceSharing(input: $input) { item { id } } }',
    {
      input: {
        itemId: id,
        sharing: named('Barnet alone.', [TENANT.barnet]),
        expectedVersion: 1,
        idempotencyKey: newId(),
      },
    },
  );
  narrowedAt = performance.now();
  for (const stream of streams) await stream.has(2, 20_000);
  over = true;
  await Promise.all(readers);
  expect(late).toEqual([]);
  // Refused in words, also where it was taken back between the reading and its logging.
  expect([...codes].filter((code) => code !== 'NOT_FOUND' && code !== 'CONFLICT')).toEqual([]);
  for (const stream of streams) {
    const heard = stream.events.flatMap(({ data }) => data?.providerAlerts ?? []);
    expect(heard).toEqual([
      { kind: 'INTELLIGENCE_SHARED', intelligence: { id, category: 'STAFFING' } },
      { kind: 'ACCESS_ENDED', intelligence: { id, category: null } },
    ]);
    stream.close();
  }
}, 120_000);
