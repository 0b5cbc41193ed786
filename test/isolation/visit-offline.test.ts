import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectRefusal, expectRefused } from './support/refusal.js';
import { textOf, type PrintedFile } from './support/printed.js';
import { Scene } from './support/scene.js';
import { ANSWER, CHILDS_DATA, newVisit, OFFICER, UNPUBLISHED, VISITOR } from './support/visit-scene.js';

const FILE =
  'query($id: ID!, $format: VisitFileFormat!) { visitFile(id: $id, format: $format) { name mediaType content isBase64 } }';
const IMPORT = `mutation($input: ImportVisitFormInput!) { importVisitForm(input: $input) {
  written conflicts { code entry label offline { value dates comment } kept { value dates comment } } visit { version } } }`;
const SAVE = 'mutation($input: SaveVisitInput!) { saveVisit(input: $input) { visit { version } } }';

interface OfflineForm {
  readonly visitId: string;
  readonly items: readonly { readonly code: string; readonly staysBecause: string | null }[];
  readonly answers: { code: string; entry: number; value: string | null; dates: (string | null)[]; revision: number }[];
}

interface Imported {
  readonly importVisitForm: {
    readonly written: number;
    readonly conflicts: readonly { readonly code: string }[];
    readonly visit: { readonly version: number };
  };
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

const brent = () => scene.caller('brent-quality');

async function fileOf(who: string, id: string, format: 'HTML' | 'PDF' | 'JSON'): Promise<string> {
  const client = await scene.caller(who);
  return textOf((await client.data<{ visitFile: PrintedFile }>(FILE, { id, format })).visitFile);
}

const formOf = async (id: string) => JSON.parse(await fileOf('brent-quality', id, 'JSON')) as OfflineForm;

/** The form with another value in one item. */
function filledIn(form: OfflineForm, code: string, value: string): string {
  const answers = form.answers.map((answer) => (answer.code === code ? { ...answer, value } : answer));
  return JSON.stringify({ ...form, answers });
}

const send = async (content: string, settle?: readonly unknown[]) =>
  (await (await brent()).data<Imported>(IMPORT, { input: { content, settle } })).importVisitForm;

async function save(visitId: string, expectedVersion: number, code: string, value: string): Promise<void> {
  await (await brent()).data(SAVE, { input: { visitId, expectedVersion, answers: [{ code, value }] } });
}

const valueOf = async (id: string, code: string) =>
  (
    await scene.sql<{ value: string }>('select value from visit_answer where visit_id = $1 and item_code = $2', [
      id,
      code,
    ])
  )[0]?.value;

describe('a file of a visit', () => {
  it.each(['HTML', 'PDF', 'JSON'] as const)('as %s says to others no more than the visit does', async (format) => {
    const { id } = await newVisit(scene, { anonymous: true });
    const own = await fileOf('brent-quality', id, format);
    for (const words of [ANSWER, CHILDS_DATA, OFFICER, 'OFFICIAL-SENSITIVE']) expect(own).toContain(words);
    const theirs = await fileOf('barnet-placements', id, format);
    expect(theirs).toContain(ANSWER);
    for (const words of [CHILDS_DATA, OFFICER, UNPUBLISHED, VISITOR, 'Brent']) expect(theirs).not.toContain(words);
  });

  it('to be printed has every item of the form, and runs nothing that was written in it', async () => {
    const { id } = await newVisit(scene, { state: 'DRAFT' });
    await scene.sql(
      `update visit_answer set value = '<script>alert(1)</script>' where visit_id = $1 and item_code = 'SUP.1'`,
      [id],
    );
    const page = await fileOf('brent-quality', id, 'HTML');
    expect(page).not.toContain('<script>');
    const items = await scene.sql<{ label: string }>(
      'select i.label from form_item i join visit v on v.template_id = i.template_id where v.id = $1',
      [id],
    );
    expect(items).toHaveLength(97);
    for (const { label } of items)
      expect(page).toContain(`<dt>${label.replaceAll('&', '&amp;').replaceAll("'", '&#39;')}`);
  });
});

describe('an offline form', () => {
  it('is its own borough’s alone to send back', async () => {
    const { id } = await newVisit(scene, { state: 'DRAFT' });
    const content = filledIn(await formOf(id), 'SUP.2', 'Shops nearby');
    await expectRefusal(scene, await scene.caller('barnet-placements'), 'NOT_FOUND', IMPORT, { input: { content } });
    expect(await send(content)).toMatchObject({ written: 1, conflicts: [], visit: { version: 2 } });
    expect(await valueOf(id, 'SUP.2')).toBe('Shops nearby');
    // A second time there is nothing new in it.
    expect(await send(content)).toMatchObject({ written: 0, conflicts: [] });
  });

  it('takes nothing back that others wrote meanwhile in items that it left alone', async () => {
    const { id } = await newVisit(scene, { state: 'DRAFT' });
    const form = await formOf(id);
    await save(id, 1, 'SUP.1', 'Three on duty');
    expect(await send(filledIn(form, 'SUP.2', 'Shops nearby'))).toMatchObject({ written: 1, conflicts: [] });
    expect(await valueOf(id, 'SUP.1')).toBe('Three on duty');
  });

  it('shows what others wrote otherwise, item by item, and writes nothing until that is settled', async () => {
    const { id } = await newVisit(scene, { state: 'DRAFT' });
    const form = await formOf(id);
    await save(id, 1, 'SUP.1', 'Three on duty');
    await save(id, 2, 'SUP.3', 'A bus');
    const content = filledIn(
      { ...form, answers: [...(JSON.parse(filledIn(form, 'SUP.1', 'One on duty')) as OfflineForm).answers] },
      'SUP.3',
      'A train',
    );
    const conflict = (code: string, offline: string, kept: string) =>
      expect.objectContaining({
        code,
        offline: expect.objectContaining({ value: offline }),
        kept: expect.objectContaining({ value: kept }),
      });
    const both = [conflict('SUP.1', 'One on duty', 'Three on duty'), conflict('SUP.3', 'A train', 'A bus')];
    expect(await send(content)).toMatchObject({ written: 0, conflicts: both, visit: { version: 3 } });
    expect(await send(content, [{ code: 'SUP.1', take: 'OFFLINE' }])).toMatchObject({
      written: 0,
      conflicts: [both[1]],
    });
    expect(await valueOf(id, 'SUP.1')).toBe('Three on duty');
    const settle = [
      { code: 'SUP.1', take: 'OFFLINE' },
      { code: 'SUP.3', take: 'KEPT' },
    ];
    expect(await send(content, settle)).toMatchObject({ written: 1, conflicts: [], visit: { version: 4 } });
    expect([await valueOf(id, 'SUP.1'), await valueOf(id, 'SUP.3')]).toEqual(['One on duty', 'A bus']);
  });

  it.each<[string, (form: OfflineForm) => string, string]>([
    ['is no JSON', () => 'PK\u0003\u0004', 'input.content'],
    ['is another’s', () => '{"format":"another"}', 'input.content'],
    ['has no answers', (form) => JSON.stringify({ ...form, answers: 'none' }), 'input.content.answers'],
    [
      'answers an item that the form has not',
      (form) => added(form, { code: 'SUP.99', value: 'x' }),
      'input.content.answers.0.code',
    ],
    [
      'answers what the visit says',
      (form) => added(form, { code: 'HDR.5', value: 'x' }),
      'input.content.answers.0.code',
    ],
    [
      'has a day that is still to come',
      (form) => added(form, { code: 'POL.1', dates: ['2099-01-01'] }),
      'input.content.answers.0.dates.0',
    ],
    [
      'has a day that is none',
      (form) => added(form, { code: 'POL.1', dates: ['soon'] }),
      'input.content.answers.0.dates.0',
    ],
    ['has a number for a text', (form) => added(form, { code: 'SUP.1', value: 1 }), 'input.content.answers.0.value'],
  ])('that %s is refused with the place, and nothing of it is written', async (_why, broken, path) => {
    const { id } = await newVisit(scene, { state: 'DRAFT' });
    const content = broken(await formOf(id));
    await scene.settled();
    const before = await scene.footprint();
    const answer = await (await brent()).send(IMPORT, { input: { content } });
    expectRefused(answer, 'BAD_USER_INPUT');
    expect(answer.errors?.[0]?.extensions).toMatchObject({ path });
    expect(await scene.footprint()).toEqual(before);
  });
});

/** The form with one answer more before the others, and with a change that could be written. */
function added(form: OfflineForm, answer: Readonly<Record<string, unknown>>): string {
  const rest = (JSON.parse(filledIn(form, 'SUP.2', 'Shops nearby')) as OfflineForm).answers;
  return JSON.stringify({ ...form, answers: [{ entry: 1, revision: 0, asTaken: '', ...answer }, ...rest] });
}
