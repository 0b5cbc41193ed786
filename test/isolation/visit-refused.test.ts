import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarDaysAfter, londonDate, newId } from '@accord/kernel';
import { expectRefusal, expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { newVisitInput } from './support/visit-operation.js';
import { newVisit } from './support/visit-scene.js';

const SAVE = 'mutation($input: SaveVisitInput!) { saveVisit(input: $input) { visit { version } } }';
const START = 'mutation($input: StartVisitInput!) { startVisit(input: $input) { visit { id } } }';
const SHARE = 'mutation($input: ShareVisitInput!) { shareVisit(input: $input) { visit { id } } }';
const PUBLISH = 'mutation($input: PublishFormInput!) { publishForm(input: $input) { form { id version } } }';
const TOMORROW = calendarDaysAfter(londonDate(new Date()), 1);

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

/** Refused as bad input, with the place, and nothing is left of it. */
async function expectBadInput(who: string, document: string, input: object, path: string): Promise<void> {
  await scene.settled();
  const before = await scene.footprint();
  const answer = await (await scene.caller(who)).send(document, { input });
  expectRefused(answer, 'BAD_USER_INPUT');
  expect(answer.errors?.[0]?.extensions).toMatchObject({ path });
  expect(await scene.footprint()).toEqual(before);
}

describe('a save', () => {
  const good = { code: 'SUP.2', value: 'Shops nearby' };

  it.each<[string, object, string]>([
    ['an item that is not in the form', { answers: [good, { code: 'CHI.1', value: 'x' }] }, 'input.answers.1.code'],
    [
      'a day that is still to come',
      { answers: [good, { code: 'POL.1', dates: [TOMORROW] }] },
      'input.answers.1.dates.0',
    ],
    ['a visit of tomorrow', { answers: [good], visitedOn: TOMORROW }, 'input.visitedOn'],
    ['nobody who went there', { answers: [good], visitorIds: [] }, 'input.visitorIds'],
    ['somebody of no directory', { answers: [good], visitorIds: [newId()] }, 'input.visitorIds'],
    ['another reason without words', { answers: [good], reason: 'OTHER', reasonOther: ' ' }, 'input.reasonOther'],
  ])('with %s is refused with the place, and nothing of it is kept', async (_what, input, path) => {
    const { id } = await newVisit(scene, { state: 'DRAFT' });
    await scene.sql(`update visit set reason = 'ANNUAL_REVIEW_PLANNED', reason_other = null where id = $1`, [id]);
    await expectBadInput('brent-quality', SAVE, { visitId: id, expectedVersion: 1, ...input }, path);
  });

  it('of another borough’s draft finds none, and of an earlier version is a conflict', async () => {
    const { id } = await newVisit(scene, { state: 'DRAFT' });
    const input = { visitId: id, expectedVersion: 1, answers: [good] };
    await expectRefusal(scene, await scene.caller('barnet-placements'), 'NOT_FOUND', SAVE, { input });
    const brent = await scene.caller('brent-quality');
    await expectRefusal(scene, brent, 'CONFLICT', SAVE, { input: { ...input, expectedVersion: 0 } });
    const shared = await newVisit(scene);
    await expectRefusal(scene, brent, 'CONFLICT', SAVE, { input: { ...input, visitId: shared.id } });
  });
});

it('a visit of tomorrow is not begun, nor one with what is no form', async () => {
  const input = { ...newVisitInput(), idempotencyKey: newId() };
  await expectBadInput('brent-quality', START, { ...input, visitedOn: TOMORROW }, 'input.visitedOn');
  await expectBadInput('brent-quality', START, { ...input, templateId: newId() }, 'input.templateId');
});

it('a draft without an outcome is not shared, nor one with somebody’s number in words that travel', async () => {
  const { id } = await newVisit(scene, { state: 'DRAFT' });
  const input = { visitId: id, expectedVersion: 1, idempotencyKey: newId() };
  await scene.sql('update visit set outcome = null where id = $1', [id]);
  await expectBadInput('brent-quality', SHARE, input, 'input.visitId');
  await scene.sql(`update visit set outcome = 'EXPECTATIONS_MET' where id = $1`, [id]);
  const say = (code: string, words: string) =>
    scene.sql('update visit_answer set value = $3 where visit_id = $1 and item_code = $2', [id, code, words]);
  await say('SUP.1', 'Ring 07700 900123');
  await expectBadInput('brent-quality', SHARE, input, 'visit.answers.SUP.1.value');
  await say('SUP.1', 'Two on duty');
  // What stays in the borough may say it.
  await say('YPF.1', 'Ring 07700 900123');
  expect((await (await scene.caller('brent-quality')).send(SHARE, { input })).errors).toBeUndefined();
});

describe('a version of a form', () => {
  const item = { code: 'KEPT.1', label: 'Names', kind: 'TEXT', staysBecause: 'CHILD_OR_CARER' };
  const form = (items: readonly object[]) => ({
    code: 'KEEPING',
    kind: 'VISIT',
    title: 'Keeping',
    source: 'Here',
    items,
    idempotencyKey: newId(),
  });

  it('does not let travel what stayed in the borough before, and leaves visits the version that they have', async () => {
    const lead = await scene.caller('alliance-lead');
    const publish = async (items: readonly object[]) =>
      (await lead.data<{ publishForm: { form: { id: string; version: number } } }>(PUBLISH, { input: form(items) }))
        .publishForm.form;
    const first = await publish([item]);
    expect(first.version).toBe(1);
    await expectBadInput(
      'alliance-lead',
      PUBLISH,
      form([{ ...item, staysBecause: null }]),
      'input.items.0.staysBecause',
    );
    const quality = await scene.caller('brent-quality');
    const { startVisit } = await quality.data<{ startVisit: { visit: { id: string } } }>(START, {
      input: { ...newVisitInput(), templateId: first.id, idempotencyKey: newId() },
    });
    const second = await publish([item, { code: 'SEEN.1', label: 'What was seen', kind: 'TEXT' }]);
    expect(second.version).toBe(2);
    const seen = await quality.data(`{ visit(id: "${startVisit.visit.id}") { form { id version } } }`);
    expect(seen).toEqual({ visit: { form: { id: first.id, version: 1 } } });
    await expectBadInput(
      'brent-quality',
      START,
      { ...newVisitInput(), templateId: first.id, idempotencyKey: newId() },
      'input.templateId',
    );
  });

  it('is refused with the place of what is wrong in it', async () => {
    for (const [items, path] of [
      [[], 'input.items'],
      [[item, item], 'input.items.1.code'],
      [[{ ...item, code: 'QAF.9' }], 'input.items.0.code'],
      [[{ ...item, kind: 'CHOICE' }], 'input.items.0.options'],
      [[{ ...item, kind: 'ASSESSMENT' }], 'input.items.0.kind'],
    ] as const)
      await expectBadInput('alliance-lead', PUBLISH, form(items), path);
  });
});
