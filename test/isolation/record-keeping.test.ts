import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import pg from 'pg';
import { GAS, newAnswer, newMark, type AnswerFacts } from './support/due-diligence-rows.js';
import { HELD_BECAUSE, LONG_AGO, oldVisit } from './support/record-operation.js';
import {
  countRows,
  deleteRecords,
  dueIds as idsDue,
  dueRecords,
  eventCount,
  governor,
  holdRecord,
  JUST,
  NOT_YET,
  removeDue,
  type Kept,
} from './support/records.js';
import { newRequest, referenceOf } from './support/reference-operation.js';
import { clearReferences } from './support/references.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { newVisit } from './support/visit-scene.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './support/world.js';

type Rest<F> = F extends (scene: Scene, ...args: infer Args) => unknown ? Args : never;

const TABLES_OF_VISIT = [
  'visit_answer',
  'visit_visitor',
  'visitor_part',
  'visitor_photo',
  'visit_finding',
  'visit_action',
];

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

const due = (tenant: TenantName) => dueRecords(scene, tenant);
const hold = (...args: Rest<typeof holdRecord>) => holdRecord(scene, ...args);
const remove = (...args: Rest<typeof deleteRecords>) => deleteRecords(scene, ...args);

const dueIds = (tenant: TenantName) => idsDue(scene, tenant);
const removeAll = (...args: Rest<typeof removeDue>) => removeDue(scene, ...args);
const count = (...args: Rest<typeof countRows>) => countRows(scene, ...args);
const told = () => eventCount(scene);

/** An answer of before: given, and over, when it is said. */
async function answerOf(facts: AnswerFacts, answeredOn: string, validUntil: string | null): Promise<string> {
  const id = await newAnswer(scene, facts);
  await scene.sql('update due_diligence_answer set answered_on = $2, valid_until = $3 where id = $1', [
    id,
    answeredOn,
    validUntil,
  ]);
  return id;
}

describe('records', () => {
  it('are deleted as the dry run showed, never what is held or younger, and leave a tombstone without a word', async () => {
    const [old, held_, draft] = [
      await oldVisit(scene),
      await oldVisit(scene),
      await oldVisit(scene, { state: 'DRAFT' }),
    ];
    const edge = await newVisit(scene);
    const young = await newVisit(scene);
    await scene.sql(`update visit set visited_on = ${JUST} where id = $1`, [edge.id]);
    await scene.sql(`update visit set visited_on = ${NOT_YET} where id = $1`, [young.id]);
    const barnets = await oldVisit(scene, { owner: 'barnet' });
    expect((await hold('brent', 'VISIT', held_, HELD_BECAUSE)).data?.holdRecord.record.holdReason).toBe(HELD_BECAUSE);
    const before = await told();

    const dry = await due('brent');
    expect(dry.records.map(({ id }) => id).toSorted()).toEqual([old, draft, edge.id].toSorted());
    expectRefused(await remove('brent', 'another'), 'BAD_USER_INPUT');
    expect(await count('visit', 'id', [old, draft, edge.id])).toBe(3);
    const key = newId();
    const done = await remove('brent', dry.token, key);
    expect(done.data?.deleteDueRecords.tombstones.map(({ id }) => id).toSorted()).toEqual(
      [old, draft, edge.id].toSorted(),
    );
    // Asked once more with the same key, it says the same and deletes nothing more.
    expect((await remove('brent', dry.token, key)).data).toEqual(done.data);

    for (const table of TABLES_OF_VISIT) expect(await count(table, 'visit_id', [old, draft, edge.id])).toBe(0);
    expect(await count('visit', 'id', [old, draft, edge.id])).toBe(0);
    for (const table of TABLES_OF_VISIT)
      expect(await count(table, 'visit_id', [held_, young.id, barnets])).toBeGreaterThan(0);
    expect(await count('visit', 'id', [held_, young.id, barnets])).toBe(3);
    const sharings = await scene.sql(
      'select level, conditions, ended_at is not null as ended from sharing where id = $1',
      [old],
    );
    expect(sharings).toEqual([{ level: 'OWN_BOROUGH', conditions: null, ended: true }]);
    expect(await told()).toBe(before);
    expectRefused(await remove('brent', (await due('brent')).token), 'CONFLICT');

    const sees = await (await scene.member('barnet')).send('query($id: ID!) { visit(id: $id) { id } }', { id: old });
    expectRefused(sees, 'NOT_FOUND');
    const [tombstone] = await scene.sql('select * from record_tombstone where id = $1', [old]);
    expect(tombstone).toMatchObject({
      owner_id: TENANT.brent,
      kind: 'VISIT',
      provider_id: JUNIPERFIELD,
      home_id: COURT,
      reason: 'Six years have passed.',
    });

    // The hold lifted, it is due like any other.
    expect((await hold('brent', 'VISIT', held_)).data?.holdRecord.record.holdReason).toBeNull();
    await removeAll('brent', [held_]);
    await removeAll('barnet', [barnets]);
  });

  it('are answers six years after they ceased to hold, and not while one still does', async () => {
    const about = { assurance: 'EVIDENCE_SEEN' } as const;
    const superseded = await answerOf(about, '2018-01-01', null);
    const holding = await answerOf(about, '2018-06-01', null);
    const lapsed = await answerOf({ ...about, owner: 'barnet' }, '2018-01-01', '2019-01-01');
    const lately = await answerOf({ ...about, owner: 'city' }, '2018-01-01', '2025-01-01');
    const mark = await newMark(scene, holding, 'barnet');
    const youngMark = await newMark(scene, superseded, 'city');
    await scene.sql(`update due_diligence_mark set marked_on = $2 where id = $1`, [mark, LONG_AGO]);
    const before = await told();

    expect(await dueIds('brent')).toEqual([superseded]);
    expect(await dueIds('city')).toEqual([]);
    await removeAll('brent', [superseded]);
    await removeAll('barnet', [lapsed, mark]);
    expect(await count('due_diligence_answer', 'id', [superseded, lapsed])).toBe(0);
    expect(await count('due_diligence_answer', 'id', [holding, lately])).toBe(2);
    // What another said of an answer that is gone is the other's to keep, and shows nobody anything.
    expect(await count('due_diligence_mark', 'id', [mark, youngMark])).toBe(1);
    const { home } = await (
      await scene.member('barnet')
    ).data<{ home: { dueDiligence: { nodes: { question: { code: string }; answer: { id: string } | null }[] } } }>(
      'query($id: ID!) { home(id: $id) { dueDiligence(first: 100) { nodes { question { code } answer { id } } } } }',
      { id: COURT },
    );
    const gas = home.dueDiligence.nodes.find(({ question }) => question.code === GAS.code);
    expect(gas?.answer?.id).toBe(holding);
    expect(await told()).toBe(before);

    // Withdrawn so long ago, it is over whatever it would have held for.
    await scene.sql(
      `update due_diligence_answer set withdrawn_on = $2, withdrawal_reason = 'Another home.' where id = $1`,
      [holding, LONG_AGO],
    );
    await removeAll('brent', [holding]);
  });

  it('are references and requests, each for whoever wrote it', async () => {
    await clearReferences(scene);
    const request = await newRequest(scene, {
      requester: 'islington',
      dueOn: LONG_AGO,
      asked: { brent: 'ANSWERED', barnet: 'ASKED', city: 'SHARED' },
    });
    const [brents, barnets, citys] = await Promise.all(
      (['brent', 'barnet', 'city'] as const).map((tenant) => referenceOf(scene, request, tenant)),
    );
    await scene.sql(`update borough_reference set answered_on = $2 where id = $1`, [brents, LONG_AGO]);
    // The City answered lately, as no deadline would have let it: from then its years run.
    expect(await dueIds('city')).toEqual([]);
    expect(await dueIds('islington')).toEqual([request]);
    const before = await told();
    await removeAll('brent', [brents ?? '']);
    await removeAll('barnet', [barnets ?? '']);
    expect(await count('reference_request', 'id', [request])).toBe(1);
    await removeAll('islington', [request]);
    expect(await count('borough_reference', 'id', [citys ?? ''])).toBe(1);
    expect(await told()).toBe(before);
    await clearReferences(scene);
  });

  it('is each organisation’s own: what is due, what is held and what is left of it', async () => {
    const [visit, kept] = [await oldVisit(scene), await oldVisit(scene)];
    await hold('brent', 'VISIT', kept, HELD_BECAUSE);
    // Somebody else's is none to hold, nor is one of another kind.
    expectRefused(await hold('barnet', 'VISIT', kept, HELD_BECAUSE), 'NOT_FOUND');
    expectRefused(await hold('brent', 'REFERENCE', kept, HELD_BECAUSE), 'NOT_FOUND');
    expectRefused(await hold('brent', 'VISIT', kept, 'Call 07700 900123.'), 'BAD_USER_INPUT');
    const about = { kind: 'VISIT', provider: { id: JUNIPERFIELD }, home: { id: COURT }, overOn: LONG_AGO };
    const SHOWN = 'id kind overOn provider { id } home { id }';
    const look = async (tenant: TenantName) =>
      (await governor(scene, tenant)).data<Record<string, unknown>>(
        `{ recordsDue { records { ${SHOWN} holdReason heldBy heldOn } } heldRecords { ${SHOWN} holdReason heldBy heldOn }
           recordTombstones(first: 100) { nodes { ${SHOWN} deletedOn deletedBy reason } } }`,
      );
    const none = { holdReason: null, heldBy: null, heldOn: null };
    expect(await look('brent')).toMatchObject({
      recordsDue: { records: [{ id: visit, ...about, ...none }] },
      heldRecords: [
        { id: kept, ...about, holdReason: HELD_BECAUSE, heldBy: expect.any(String), heldOn: expect.any(String) },
      ],
    });
    await removeAll('brent', [visit]);
    const { recordTombstones } = (await look('brent')) as { recordTombstones: { nodes: Kept[] } };
    expect(recordTombstones.nodes.find(({ id }) => id === visit)).toEqual({
      id: visit,
      ...about,
      deletedOn: expect.any(String),
      deletedBy: expect.any(String),
      reason: 'Six years have passed.',
    });
    for (const tenant of ['barnet', 'camden', 'alliance'] as const) {
      const seen = JSON.stringify(await look(tenant));
      expect([seen.includes(visit), seen.includes(kept)]).toEqual([false, false]);
    }
    await hold('brent', 'VISIT', kept);
    await removeAll('brent', [kept]);
  });

  it('are held or deleted one after the other, and a deletion looks again at what is held', async () => {
    const [visit, later] = [await oldVisit(scene), await oldVisit(scene)];
    const { token } = await due('brent');
    const writer = new pg.Client({ connectionString: scene.accord.database.urls.superuser });
    await writer.connect();
    await writer.query('begin');
    await writer.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`provider ${JUNIPERFIELD}`]);
    const holding = hold('brent', 'VISIT', visit, HELD_BECAUSE);
    await scene.waiting(1);
    const deleting = remove('brent', token);
    await scene.waiting(2);
    await writer.query('commit');
    await writer.end();
    expect((await holding).errors).toBeUndefined();
    expectRefused(await deleting, 'BAD_USER_INPUT');
    expect(await count('visit', 'id', [visit, later])).toBe(2);
    expect(await count('record_tombstone', 'id', [visit, later])).toBe(0);
    await hold('brent', 'VISIT', visit);
    await removeAll('brent', [visit, later]);
  });

  it('cannot be deleted by any statement before their time, while they are held, or by others', async () => {
    const [old, kept, young] = [await oldVisit(scene), await oldVisit(scene), (await newVisit(scene)).id];
    await hold('brent', 'VISIT', kept, HELD_BECAUSE);
    const session = new pg.Client(scene.accord.database.urls.gateway);
    await session.connect();
    try {
      const gone = async (tenant: TenantName): Promise<Record<string, number | null>> => {
        await session.query('begin');
        await session.query(`select set_config('app.tenant', $1, true)`, [TENANT[tenant]]);
        const deleted: Record<string, number | null> = {};
        for (const table of ['visit_finding', 'visit_action', 'visitor_part', 'visitor_photo'])
          deleted[table] = (
            await session.query(`delete from ${table} where visit_id = any($1) returning visit_id`, [
              [old, kept, young],
            ])
          ).rows.filter((row: { visit_id: string }) => row.visit_id !== old).length;
        deleted['visit'] = (
          await session.query('delete from visit where id = any($1) returning id', [[old, kept, young]])
        ).rowCount;
        await session.query('rollback');
        return deleted;
      };
      expect(await gone('brent')).toEqual({
        visit_finding: 0,
        visit_action: 0,
        visitor_part: 0,
        visitor_photo: 0,
        visit: 1,
      });
      expect(await gone('barnet')).toEqual({
        visit_finding: 0,
        visit_action: 0,
        visitor_part: 0,
        visitor_photo: 0,
        visit: 0,
      });
    } finally {
      await session.end();
    }
    await hold('brent', 'VISIT', kept);
    await removeAll('brent', [old, kept]);
  });
});
