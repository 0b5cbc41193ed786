import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { appeal, newDecision, newHistory, setAside, type HistoryLine } from './support/accreditation-history.js';
import { APPLIED, clearDecisions, edgeDays, GRANTED, RENEWED } from './support/kept-decision.js';
import { countRows, dueRecords, removeDue } from './support/records.js';
import { Scene } from './support/scene.js';

let scene: Scene;
let just: string;
let notYet: string;

beforeAll(async () => {
  scene = await Scene.start();
  ({ just, notYet } = await edgeDays(scene));
});

afterEach(() => clearDecisions(scene));

afterAll(() => scene.stop());

describe('decisions on accreditation', () => {
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
});
