import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { SECRET } from './support/accreditation-file.js';
import { appeal, hear, newHistory, SAID } from './support/accreditation-history.js';
import {
  APPLIED,
  clearDecisions,
  edgeDays,
  GONE,
  GRANTED,
  HISTORY,
  inEach,
  KIND,
  OF_DECISION,
  RENEWED,
  rowsOfDecision,
  supersededDecision,
  wordsLeft,
  type Seen,
} from './support/kept-decision.js';
import { HELD_BECAUSE } from './support/record-operation.js';
import {
  deleteRecords,
  deletingAll,
  dueIds,
  dueRecords,
  eventCount,
  holdRecord,
  noneOf,
  removeDue,
  tryAsGateway,
} from './support/records.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { mergeTwins, newTwins, sendUndo } from './support/twins.js';
import { TENANT } from './support/world.js';

const DECISION = 'query($id: ID!) { accreditationDecision(id: $id) { id } }';

let scene: Scene;
let notYet: string;

beforeAll(async () => {
  scene = await Scene.start();
  ({ notYet } = await edgeDays(scene));
});

afterEach(() => clearDecisions(scene));

afterAll(() => scene.stop());

describe('decisions on accreditation', () => {
  it('go with all that hangs on them, and the register keeps its history, without their words', async () => {
    const { providerId, granted, renewed } = await supersededDecision(scene);
    const other = await supersededDecision(scene);
    expect((await holdRecord(scene, 'alliance', KIND, other.granted, HELD_BECAUSE)).errors).toBeUndefined();
    expect(await rowsOfDecision(scene, granted)).toEqual(inEach(1));
    const before = await eventCount(scene);
    const member = await scene.caller('barnet-placements');
    const seen = await member.data<Seen>(HISTORY, { id: providerId });

    const dry = await dueRecords(scene, 'alliance');
    expect(dry.records).toEqual([{ id: granted, kind: KIND, overOn: '2016-06-10' }]);
    expect(await rowsOfDecision(scene, granted)).toEqual(inEach(1));
    const key = newId();
    const done = await deleteRecords(scene, 'alliance', dry.token, key);
    expect(done.data?.deleteDueRecords.tombstones).toEqual([{ id: granted, kind: KIND }]);
    expect((await deleteRecords(scene, 'alliance', dry.token, key)).data).toEqual(done.data);
    expect(await rowsOfDecision(scene, granted)).toEqual(inEach(0));
    expect(await rowsOfDecision(scene, other.granted)).toEqual(inEach(1));

    // What stood on which day, and what stands, is as it was; the decision that it stands by too.
    const { accreditation } = seen.provider;
    const { provider } = await member.data<Seen>(HISTORY, { id: providerId });
    expect(provider.accreditation).toEqual({
      ...accreditation,
      statusOn: 'ACCREDITED_WITH_CONDITIONS',
      decisions: { nodes: [{ id: renewed, reason: SAID }] },
      history: {
        nodes: accreditation.history.nodes.map((line, index) =>
          line.cause === 'DECISION' ? { ...line, reason: index === 0 ? SAID : GONE } : line,
        ),
      },
    });
    for (const who of ['barnet-placements', 'alliance-lead'])
      expectRefused(await (await scene.caller(who)).send(DECISION, { id: granted }), 'NOT_FOUND');
    for (const words of Object.values(SECRET)) expect(await wordsLeft(scene, granted, words)).toBe(0);
    expect(await wordsLeft(scene, granted, SAID)).toBe(0);
    expect(await eventCount(scene)).toBe(before);
    const [tombstone] = await scene.sql('select * from record_tombstone where id = $1', [granted]);
    expect(tombstone).toMatchObject({
      owner_id: TENANT.alliance,
      kind: KIND,
      provider_id: providerId,
      home_id: null,
      reason: 'Six years have passed.',
    });

    // The hold lifted, it is due like any other.
    await holdRecord(scene, 'alliance', KIND, other.granted);
    await removeDue(scene, 'alliance', [other.granted]);
  });

  it('are the alliance’s alone to hold and to delete', async () => {
    const { granted } = await supersededDecision(scene);
    for (const tenant of ['brent', 'barnet'] as const) {
      expect(await dueIds(scene, tenant)).toEqual([]);
      expectRefused(await holdRecord(scene, tenant, KIND, granted, HELD_BECAUSE), 'NOT_FOUND');
      expectRefused(await deleteRecords(scene, tenant, (await dueRecords(scene, tenant)).token), 'CONFLICT');
    }
    const DUE = '{ recordsDue { records { id } } }';
    for (const who of ['alliance-lead', 'alliance-accreditation', 'alliance-admin'])
      expectRefused(await (await scene.caller(who)).send(DUE), 'FORBIDDEN');
    expect(await rowsOfDecision(scene, granted)).toEqual(inEach(1));
  });

  it('cannot be deleted by any statement while they count or are held, or by others', async () => {
    const { providerId, granted, renewed } = await supersededDecision(scene);
    const held = await supersededDecision(scene);
    const { decisions } = await newHistory(scene, [APPLIED, GRANTED, { ...RENEWED, on: notYet }]);
    const young = decisions['granted'] ?? '';
    for (const id of [renewed, young]) {
      await hear(scene, id, '2014-06-01');
      await appeal(scene, id, '2014-06-20', '2014-07-01');
    }
    await holdRecord(scene, 'alliance', KIND, held.granted, HELD_BECAUSE);
    const statements = {
      ...Object.fromEntries(
        Object.entries(OF_DECISION).map(([table, column]) => [
          table,
          `delete from ${table} where ${column} = any($1::uuid[])`,
        ]),
      ),
      history: `update accreditation_change set reason = '${GONE}' where decision_id = any($1::uuid[])`,
    };
    const touched = (ids: readonly string[]) => tryAsGateway(scene, 'alliance', statements, [ids]);
    expect(await touched([renewed, young, held.granted])).toEqual({ ...inEach(0), history: 0 });
    const tables = Object.keys(OF_DECISION);
    expect(await tryAsGateway(scene, 'brent', deletingAll(tables))).toEqual(noneOf(tables));
    // That it is refused above is for no other reason than those.
    expect(await touched([granted])).toEqual({ ...inEach(1), history: 1 });
    // Nothing else of the history can be written, and no line of it goes.
    for (const statement of [
      `update accreditation_change set reason = 'Otherwise.' where decision_id = $1`,
      `update accreditation_change set status = 'REVOKED' where decision_id = $1`,
      'delete from accreditation_change where decision_id = $1',
    ])
      await expect(tryAsGateway(scene, 'alliance', { statement }, [granted])).rejects.toThrow(
        /row-level security|permission denied/,
      );
    // Nor the reminder of a review, which names the provider.
    await scene.insert('accreditation_reminder', {
      kind: 'ACCREDITATION_REVIEW_DUE',
      subject_id: providerId,
      due_on: '2015-01-01',
      reminded_at: new Date(),
    });
    expect(
      await tryAsGateway(scene, 'alliance', { statement: 'delete from accreditation_reminder where subject_id = $1' }, [
        providerId,
      ]),
    ).toEqual({ statement: 0 });
  });
});

describe('a merge of providers', () => {
  it('sets a file aside whose decisions go all the same, and gives the rest of it back', async () => {
    const twins = await newTwins(scene);
    const [aside, goesOn] = [
      await newHistory(scene, [APPLIED, GRANTED, RENEWED]),
      await newHistory(scene, [APPLIED, GRANTED, RENEWED]),
    ];
    const provider = (table: string, from: string, to: string) =>
      scene.sql(`update ${table} set provider_id = $2 where provider_id = $1`, [from, to]);
    for (const table of [
      'accreditation_proposal',
      'accreditation_decision',
      'accreditation_verdict',
      'accreditation_change',
      'accreditation_standing',
    ]) {
      await provider(table, aside.providerId, twins.mergedId);
      await provider(table, goesOn.providerId, twins.keptId);
    }
    const merge = await mergeTwins(scene, twins, { accreditationOf: twins.keptId });
    const [old, other] = [aside.decisions['granted'] ?? '', goesOn.decisions['granted'] ?? ''];
    await removeDue(scene, 'alliance', [old, other]);
    const about = async () =>
      scene.sql('select id, provider_id from record_tombstone where id = any($1::uuid[]) order by id', [[old, other]]);
    const both = [old, other].toSorted().map((id) => ({ id, provider_id: twins.keptId }));
    expect(await about()).toEqual(both);
    expect((await sendUndo(scene, merge)).errors).toBeUndefined();
    expect(await about()).toEqual(both);
    const { provider: back } = await (
      await scene.caller('barnet-placements')
    ).data<Seen>(HISTORY, { id: twins.mergedId });
    expect(back.accreditation).toMatchObject({
      status: 'ACCREDITED',
      statusOn: 'ACCREDITED_WITH_CONDITIONS',
      decisions: { nodes: [{ id: aside.decisions['renewed'] }] },
      history: { nodes: [{ reason: SAID }, { reason: GONE }, { cause: 'APPLICATION' }] },
    });
    // And it can be merged again.
    await mergeTwins(scene, twins, { accreditationOf: twins.mergedId });
  });
});
