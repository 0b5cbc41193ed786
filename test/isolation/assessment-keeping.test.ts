import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newAssessment, newHistory, type HistoryLine } from './support/accreditation-history.js';
import { APPLIED, clearDecisions, edgeDays, GRANTED, RENEWED } from './support/kept-decision.js';
import { HELD_BECAUSE } from './support/record-operation.js';
import {
  countRows,
  deletingAll,
  dueIds,
  dueRecords,
  holdRecord,
  noneOf,
  removeDue,
  tryAsGateway,
} from './support/records.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';

let scene: Scene;
let notYet: string;

beforeAll(async () => {
  scene = await Scene.start();
  ({ notYet } = await edgeDays(scene));
});

afterEach(() => clearDecisions(scene));

afterAll(() => scene.stop());

describe('assessments', () => {
  const NOTE = 'accreditation_assessment_note';
  const ENDED: HistoryLine = { cause: 'DECISION', status: 'WITHDRAWN_BY_PROVIDER', on: '2017-01-01', as: 'ended' };

  it('go when the accreditation ended that they were part of, and not while it goes on', async () => {
    const assessed = async (...lines: HistoryLine[]) => {
      const { providerId, decisions } = await newHistory(scene, [APPLIED, ...lines]);
      return { providerId, decisions, id: await newAssessment(scene, providerId, '2014-03-01') };
    };
    const ended = await assessed(GRANTED, ENDED);
    const again = await newAssessment(scene, ended.providerId, '2017-06-01');
    const goesOn = await assessed(GRANTED, RENEWED);
    const upheld = await assessed(
      { cause: 'DECISION', status: 'REFUSED', on: '2014-06-10', as: 'refused' },
      { cause: 'APPEAL', status: 'IN_ASSESSMENT', on: '2014-07-10', of: 'refused' },
    );
    const held = await assessed(GRANTED, ENDED);
    const lately = await assessed(GRANTED, { ...ENDED, on: notYet });
    const kind = 'ACCREDITATION_ASSESSMENT';
    expect((await holdRecord(scene, 'alliance', kind, held.id, HELD_BECAUSE)).errors).toBeUndefined();

    const all = [ended.id, again, goesOn.id, upheld.id, held.id, lately.id];
    const gone = (ids: readonly string[]) =>
      tryAsGateway(
        scene,
        'alliance',
        {
          note: `delete from ${NOTE} where assessment_id = any($1::uuid[])`,
          assessment: 'delete from accreditation_assessment where id = any($1::uuid[])',
        },
        [ids],
      );
    expect(await gone(all.slice(1))).toEqual({ note: 0, assessment: 0 });
    expect(await gone(all)).toEqual({ note: 1, assessment: 1 });
    const tables = [NOTE, 'accreditation_assessment'];
    expect(await tryAsGateway(scene, 'brent', deletingAll(tables))).toEqual(noneOf(tables));
    // A borough reads assessments, too, and has none to keep.
    expect(await dueIds(scene, 'brent')).toEqual([]);
    expectRefused(await holdRecord(scene, 'brent', kind, ended.id, HELD_BECAUSE), 'NOT_FOUND');

    const due = (await dueRecords(scene, 'alliance')).records.filter((record) => record.kind === kind);
    expect(due).toEqual([{ id: ended.id, kind, overOn: '2017-01-01' }]);
    const decisions = [
      ended.decisions['granted'],
      held.decisions['granted'],
      goesOn.decisions['granted'],
      upheld.decisions['refused'],
    ];
    await removeDue(scene, 'alliance', [ended.id, ...decisions.flatMap((id) => id ?? [])]);
    expect(await countRows(scene, 'accreditation_assessment', 'id', all)).toBe(5);
    expect(await countRows(scene, NOTE, 'assessment_id', all)).toBe(5);
    const stages = await (
      await scene.caller('alliance-lead')
    ).data<{ provider: { accreditation: { status: string; stages: { stage: string; outcome: string }[] } } }>(
      'query($id: ID!) { provider(id: $id) { accreditation { status stages { stage outcome } } } }',
      { id: goesOn.providerId },
    );
    expect(stages.provider.accreditation).toMatchObject({
      status: 'ACCREDITED',
      stages: expect.arrayContaining([{ stage: 'PAPERWORK', outcome: 'PASSED' }]),
    });
    await holdRecord(scene, 'alliance', kind, held.id);
    await removeDue(scene, 'alliance', [held.id]);
  });
});
