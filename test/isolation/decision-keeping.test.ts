import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { SECRET } from './support/accreditation-file.js';
import {
  appeal,
  hear,
  newAssessment,
  newDecision,
  newHistory,
  SAID,
  setAside,
  type HistoryLine,
} from './support/accreditation-history.js';
import { HELD_BECAUSE } from './support/record-operation.js';
import {
  countRows,
  deleteRecords,
  deletingAll,
  dueIds,
  dueRecords,
  eventCount,
  holdRecord,
  JUST,
  noneOf,
  NOT_YET,
  removeDue,
  tryAsGateway,
} from './support/records.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { mergeTwins, newTwins, sendUndo } from './support/twins.js';
import { TENANT } from './support/world.js';

const KIND = 'ACCREDITATION_DECISION';
const GONE = 'The decision was deleted when its time was over.';

/** Every table in which there is something of a decision, and by which column. */
const OF_DECISION: Readonly<Record<string, string>> = {
  accreditation_proposal: 'id',
  accreditation_decision: 'id',
  accreditation_verdict: 'proposal_id',
  accreditation_verdict_reason: 'proposal_id',
  accreditation_gist: 'proposal_id',
  accreditation_put_off: 'proposal_id',
  accreditation_reply: 'proposal_id',
  accreditation_appeal: 'proposal_id',
  accreditation_appeal_outcome: 'proposal_id',
  accreditation_reminder: 'subject_id',
};

const [APPLIED, GRANTED]: [HistoryLine, HistoryLine] = [
  { cause: 'APPLICATION', status: 'APPLIED', on: '2014-01-10' },
  { cause: 'DECISION', status: 'ACCREDITED_WITH_CONDITIONS', on: '2014-06-10', as: 'granted' },
];
const RENEWED: HistoryLine = { cause: 'DECISION', status: 'ACCREDITED', on: '2016-06-10', as: 'renewed' };

let scene: Scene;
let just: string;
let notYet: string;

beforeAll(async () => {
  scene = await Scene.start();
  const [days] = await scene.sql<{ just: string; later: string }>(
    `select (${JUST})::text as just, (${NOT_YET})::text as later`,
  );
  just = days?.just ?? '';
  notYet = days?.later ?? '';
});

afterEach(async () => {
  for (const table of ['accreditation_proposal', 'accreditation_assessment', 'record_hold'])
    await scene.sql(`delete from ${table}`);
});

afterAll(() => scene.stop());

/** A decision with all that there can be of one, which gave way to another in 2016. */
async function supersededDecision() {
  const history = await newHistory(scene, [APPLIED, GRANTED, RENEWED]);
  const { granted = '', renewed = '' } = history.decisions;
  await hear(scene, granted, '2014-06-01');
  await appeal(scene, granted, '2014-06-20', '2014-07-01');
  return { providerId: history.providerId, granted, renewed };
}

const rowsOf = async (id: string): Promise<Record<string, number>> => {
  const rows: Record<string, number> = {};
  for (const [table, column] of Object.entries(OF_DECISION)) rows[table] = await countRows(scene, table, column, [id]);
  return rows;
};

const each = (count: number) => Object.fromEntries(Object.keys(OF_DECISION).map((table) => [table, count]));

const HISTORY = `query($id: ID!) { provider(id: $id) { accreditation { status effectiveFrom
  statusOn(date: "2015-01-01") decisions(first: 9) { nodes { id reason } }
  history(first: 9) { nodes { status effectiveFrom cause conditions reason } } } } }`;
const DECISION = 'query($id: ID!) { accreditationDecision(id: $id) { id } }';

interface Seen {
  readonly provider: {
    readonly accreditation: {
      readonly decisions: { readonly nodes: { readonly id: string }[] };
      readonly history: { readonly nodes: { readonly cause: string; readonly reason: string }[] };
    };
  };
}

describe('decisions on accreditation', () => {
  it('go with all that hangs on them, and the register keeps its history, without their words', async () => {
    const { providerId, granted, renewed } = await supersededDecision();
    const other = await supersededDecision();
    expect((await holdRecord(scene, 'alliance', KIND, other.granted, HELD_BECAUSE)).errors).toBeUndefined();
    expect(await rowsOf(granted)).toEqual(each(1));
    const before = await eventCount(scene);
    const member = await scene.caller('barnet-placements');
    const seen = await member.data<Seen>(HISTORY, { id: providerId });

    const dry = await dueRecords(scene, 'alliance');
    expect(dry.records).toEqual([{ id: granted, kind: KIND, overOn: '2016-06-10' }]);
    expect(await rowsOf(granted)).toEqual(each(1));
    const key = newId();
    const done = await deleteRecords(scene, 'alliance', dry.token, key);
    expect(done.data?.deleteDueRecords.tombstones).toEqual([{ id: granted, kind: KIND }]);
    expect((await deleteRecords(scene, 'alliance', dry.token, key)).data).toEqual(done.data);
    expect(await rowsOf(granted)).toEqual(each(0));
    expect(await rowsOf(other.granted)).toEqual(each(1));

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
    for (const words of Object.values(SECRET)) expect(await wordsLeft(granted, words)).toBe(0);
    expect(await wordsLeft(granted, SAID)).toBe(0);
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

  /** In how many rows with this id a text stands. */
  async function wordsLeft(id: string, words: string): Promise<number> {
    const tables = await scene.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    let found = 0;
    for (const { name } of tables)
      found += (
        await scene.sql(`select from ${name} t where strpos(t::text, $1) > 0 and strpos(t::text, $2) > 0`, [words, id])
      ).length;
    return found;
  }

  const suspended: HistoryLine = {
    cause: 'INTERIM_SUSPENSION',
    status: 'INTERIM_SUSPENDED',
    on: '2015-02-01',
    as: 's',
  };
  const upheld = (of: string, status: string): HistoryLine => ({ cause: 'APPEAL', status, on: '2015-05-01', of });

  it.each<{ words: string; lines: HistoryLine[]; over: Record<string, string> }>([
    { words: 'the one that a provider stands by, however old', lines: [APPLIED, GRANTED], over: {} },
    {
      words: 'one whose review the alliance is late with',
      lines: [APPLIED, GRANTED, { cause: 'CLOCK', status: 'REVIEW_OVERDUE', on: '2016-06-11' }],
      over: {},
    },
    {
      words: 'one that an interim suspension interrupted, which was not ratified',
      lines: [APPLIED, GRANTED, suspended, { cause: 'NOT_RATIFIED', status: 'ACCREDITED', on: '2015-02-03', of: 's' }],
      over: { s: '2015-02-03' },
    },
    {
      words: 'one that stands again since a revocation was appealed against',
      lines: [
        APPLIED,
        GRANTED,
        suspended,
        { cause: 'DECISION', status: 'REVOKED', on: '2015-03-01', as: 'revoked' },
        upheld('revoked', 'ACCREDITED'),
      ],
      over: { s: '2015-03-01', revoked: '2015-05-01' },
    },
    {
      words: 'and what was decided anew after that ends both',
      lines: [
        APPLIED,
        GRANTED,
        { cause: 'DECISION', status: 'REVOKED', on: '2015-03-01', as: 'revoked' },
        upheld('revoked', 'ACCREDITED'),
        RENEWED,
      ],
      over: { granted: '2016-06-10', revoked: '2015-05-01' },
    },
    {
      words: 'a refusal, until the provider applies anew',
      lines: [APPLIED, { cause: 'DECISION', status: 'REFUSED', on: '2014-06-10', as: 'refused' }],
      over: {},
    },
    {
      words: 'a refusal from the day on which the provider applied anew',
      lines: [
        APPLIED,
        { cause: 'DECISION', status: 'REFUSED', on: '2014-06-10', as: 'refused' },
        { cause: 'APPLICATION', status: 'APPLIED', on: '2018-01-01' },
      ],
      over: { refused: '2018-01-01' },
    },
  ])('are over when they cease to count: $words', async ({ lines, over }) => {
    const { decisions } = await newHistory(scene, lines);
    const { records } = await dueRecords(scene, 'alliance');
    expect(Object.fromEntries(records.map(({ id, overOn }) => [id, overOn]))).toEqual(
      Object.fromEntries(Object.entries(over).map(([name, day]) => [decisions[name], day])),
    );
    await removeDue(
      scene,
      'alliance',
      Object.keys(over).flatMap((name) => decisions[name] ?? []),
    );
  });

  it('are over when rejected or set aside, not while they wait or an appeal is open, nor a day too early', async () => {
    const { providerId } = await newHistory(scene, [APPLIED, GRANTED]);
    const of = { providerId, on: '2015-01-01' };
    const rejected = await newDecision(scene, { ...of, outcome: 'REJECTED' });
    const lately = await newDecision(scene, { ...of, on: notYet, outcome: 'REJECTED' });
    const edge = await newDecision(scene, { ...of, on: just, outcome: 'REJECTED' });
    const waiting = await newDecision(scene, { ...of, effectiveOn: '2099-01-01' });
    const aside = await newDecision(scene, { ...of, effectiveOn: '2016-01-01' });
    await setAside(scene, aside, '2015-03-01');
    const [contested, settled, settledLately] = [
      await newDecision(scene, { ...of, effectiveOn: '2016-01-01' }),
      await newDecision(scene, { ...of, effectiveOn: '2016-01-01' }),
      await newDecision(scene, { ...of, effectiveOn: '2016-01-01' }),
    ];
    for (const [id, judgedOn] of [
      [contested, null],
      [settled, '2017-01-01'],
      [settledLately, notYet],
    ] as const) {
      await setAside(scene, id, '2015-03-01');
      await appeal(scene, id, '2015-02-01', judgedOn);
    }
    const { records } = await dueRecords(scene, 'alliance');
    expect(Object.fromEntries(records.map(({ id, overOn }) => [id, overOn]))).toEqual({
      [rejected]: '2015-01-01',
      [edge]: just,
      [aside]: '2015-03-01',
      [settled]: '2017-01-01',
    });
    await removeDue(scene, 'alliance', [rejected, edge, aside, settled]);
    for (const id of [lately, waiting, contested, settledLately])
      expect(await countRows(scene, 'accreditation_proposal', 'id', [id])).toBe(1);
    expect(await countRows(scene, 'accreditation_set_aside', 'decision_id', [aside, settled, contested])).toBe(1);
  });

  it('are the alliance’s alone to hold and to delete', async () => {
    const { granted } = await supersededDecision();
    for (const tenant of ['brent', 'barnet'] as const) {
      expect(await dueIds(scene, tenant)).toEqual([]);
      expectRefused(await holdRecord(scene, tenant, KIND, granted, HELD_BECAUSE), 'NOT_FOUND');
      expectRefused(await deleteRecords(scene, tenant, (await dueRecords(scene, tenant)).token), 'CONFLICT');
    }
    const DUE = '{ recordsDue { records { id } } }';
    for (const who of ['alliance-lead', 'alliance-accreditation', 'alliance-admin'])
      expectRefused(await (await scene.caller(who)).send(DUE), 'FORBIDDEN');
    expect(await rowsOf(granted)).toEqual(each(1));
  });

  it('cannot be deleted by any statement while they count or are held, or by others', async () => {
    const { providerId, granted, renewed } = await supersededDecision();
    const held = await supersededDecision();
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
    expect(await touched([renewed, young, held.granted])).toEqual({ ...each(0), history: 0 });
    const tables = Object.keys(OF_DECISION);
    expect(await tryAsGateway(scene, 'brent', deletingAll(tables))).toEqual(noneOf(tables));
    // That it is refused above is for no other reason than those.
    expect(await touched([granted])).toEqual({ ...each(1), history: 1 });
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
