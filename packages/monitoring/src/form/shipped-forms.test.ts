import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { shippedForms, type ItemFacts } from './shipped-forms.js';
import { AnswerKind, FilledFrom, StaysBecause } from './vocabulary.js';

/** The passage with both forms, as it stands in the City's strategy (`data/README.md`). */
const PASSAGE = new URL('../../data/city-of-london-appendices-3-and-4.txt', import.meta.url);

const forms = await shippedForms();
const itemsOf = (code: string): readonly ItemFacts[] => forms.find((form) => form.code === code)?.items ?? [];

/** As it reads: without emphasis, and with every space alike. */
const plain = (text: string): string => text.replaceAll('**', '').replaceAll(/\s+/g, ' ').trim();

/** The words of a line that are a label: without dotted lines to write on, choices to delete, and a last comma or colon. */
const label = (text: string): string =>
  plain(text)
    .replaceAll(/\.{3,}/g, ' ')
    .replaceAll(/Yes\s?\/\s?No( \(delete as required\))?/g, ' ')
    .replaceAll(/[,;:]$/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

const passage = await readFile(PASSAGE, 'utf8');
const [third = '', fourth = ''] = passage.split(/(?=^APPENDIX 4)/m);

/** Every label of a passage: a line, or a cell of a table, or what stands on one line with others. */
const labelsOf = (text: string): Set<string> =>
  new Set(
    text
      .split('\n')
      .flatMap((line) => [line, ...line.split('\t'), ...line.split(/\.{3,}/)])
      .map(label)
      .filter((words) => words !== ''),
  );

describe.each([
  ['COL_APPENDIX_3', third, 40],
  ['COL_APPENDIX_4', fourth, 97],
])('%s', (code, text, count) => {
  const items = itemsOf(code);
  const official = labelsOf(text);

  test(`has ${count} items, and no code twice`, () => {
    expect(items).toHaveLength(count);
    expect(new Set(items.map((item) => item.code)).size).toBe(count);
  });

  test('has each label just as the source has it', () => {
    const invented = items
      // Four of one question, whose parts stand on two lines: "…prevalence where children placed; CSE".
      .map((item) => item.label.replace(/^(?:Intelligence on prevalence.*|Foster Carers have had training on): /, ''))
      .filter((words) => !official.has(label(words)));
    // What stands under a heading of its own and has no words there.
    expect(invented).toEqual(code === 'COL_APPENDIX_3' ? ['Action outstanding', 'Review date'] : []);
  });

  test('leaves out no label of the source but headings', () => {
    const known = new Set(
      items.flatMap(({ label: words, section, options, dateLabels }) => {
        // Of a compound label each part stands on a line of its own.
        const parts = [words, ...words.split(': ')];
        return [...parts, section, ...options, ...dateLabels].map(label);
      }),
    );
    const missing = text
      .split('\n')
      .flatMap((line) => line.split('\t').flatMap((cell) => cell.split(/\.{3,}/)))
      .map(label)
      .filter((words) => /[a-z]/i.test(words) && !known.has(words));
    expect(missing.filter((line) => !HEADINGS.some((heading) => line.startsWith(heading)))).toEqual([]);
  });
});

/** What heads a form, a section or a column, and asks nothing. */
const HEADINGS = [
  'APPENDIX',
  'Fostering Monitoring Form',
  'Post 16 Supported Accommodation',
  'Evidence',
  'Checked By',
  'Comment',
  'Policies',
  'The following policies should be made available',
  'Policy name',
];

test('the City’s fourth form has 17 policies, each with who checked it and three dates', () => {
  const policies = itemsOf('COL_APPENDIX_4').filter((item) => item.code.startsWith('POL.'));
  expect(policies).toHaveLength(17);
  for (const policy of policies)
    expect(policy).toMatchObject({
      kind: AnswerKind.NONE,
      takesCheckedBy: true,
      dateLabels: [
        'Checked by commissioning/social worker (enter name/date checked)',
        'Has provider reviewed in last year (enter date reviewed)',
        'Has provider updated in last 3 years (enter date updated)',
      ],
    });
});

test('what is about a child, a carer, placements, the police or staff is known by its form to stay in the borough', () => {
  const staying = forms.flatMap((form) =>
    form.items.flatMap(({ code, staysBecause }) =>
      staysBecause === null ? [] : [`${form.code} ${code} ${staysBecause}`],
    ),
  );
  expect(staying).toEqual([
    `COL_APPENDIX_3 CHI.1 ${StaysBecause.CHILD_OR_CARER}`,
    `COL_APPENDIX_3 CHI.2 ${StaysBecause.CHILD_OR_CARER}`,
    `COL_APPENDIX_3 CHI.3 ${StaysBecause.CHILD_OR_CARER}`,
    `COL_APPENDIX_3 FIN.1 ${StaysBecause.PLACEMENTS}`,
    `COL_APPENDIX_3 FIN.2 ${StaysBecause.PLACEMENTS}`,
    `COL_APPENDIX_3 FIN.3 ${StaysBecause.PLACEMENTS}`,
    `COL_APPENDIX_3 CSE.1 ${StaysBecause.POLICE}`,
    `COL_APPENDIX_3 CSE.2 ${StaysBecause.POLICE}`,
    `COL_APPENDIX_4 HDR.3 ${StaysBecause.PLACEMENTS}`,
    `COL_APPENDIX_4 HDR.4 ${StaysBecause.PLACEMENTS}`,
    `COL_APPENDIX_4 YPF.1 ${StaysBecause.CHILD_OR_CARER}`,
    `COL_APPENDIX_4 STF.4 ${StaysBecause.STAFF}`,
  ]);
});

test('the framework has five themes and 14 expectations, with issues and solutions for each theme', () => {
  const items = itemsOf('BRENT_QAF');
  expect(new Set(items.map((item) => item.section)).size).toBe(5);
  expect(items.filter((item) => item.kind === AnswerKind.ASSESSMENT)).toHaveLength(14);
  expect(items.filter((item) => item.label === 'Issues raised')).toHaveLength(5);
  expect(items.filter((item) => item.label === 'Solutions')).toHaveLength(5);
});

test('Kent’s table has 17 rows, and care-experienced visitors have one question for each theme', () => {
  expect(itemsOf('KENT_EVIDENCE')).toHaveLength(17);
  const themes = new Set(itemsOf('BRENT_QAF').map((item) => item.section));
  expect(new Set(itemsOf('CARE_EXPERIENCED').map((item) => item.section))).toEqual(themes);
});

test('what the visit says already is not asked for again', () => {
  const filled = itemsOf('COL_APPENDIX_4').flatMap(({ code, filledFrom }) =>
    filledFrom === null ? [] : [[code, filledFrom]],
  );
  expect(Object.fromEntries(filled)).toEqual({
    'HDR.1': FilledFrom.PROVIDER,
    'HDR.2': FilledFrom.HOME,
    'HDR.5': FilledFrom.REASON,
    'HDR.6': FilledFrom.VISITORS,
    'HDR.7': FilledFrom.REPRESENTATIVES,
    'HDR.8': FilledFrom.VISITED_ON,
    'ACT.1': FilledFrom.ACTIONS,
    'ACT.2': FilledFrom.ACTIONS,
    'ACT.3': FilledFrom.ACTIONS,
    'ACT.4': FilledFrom.ACTIONS,
    'END.1': FilledFrom.VISITORS,
  });
});
