import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AccordError } from '@accord/kernel';
import { describe, expect, it } from '@jest/globals';
import { examineOfstedFile, readBatches } from './ofsted-batches.js';
import { columnName, type OfstedColumn } from './ofsted-column.js';
import { readOfstedFile, type FileOptions } from './ofsted-file.js';

const SAMPLE = new URL('../../../../infra/data/ofsted-2023-24-london-sample.csv', import.meta.url);
const YEARS = JSON.parse(
  readFileSync(new URL('../../../../infra/data/ofsted-columns.json', import.meta.url), 'utf8'),
) as Record<string, string[]>;
const BOM = '\ufeff';

/** The file in pieces of so many bytes, as it may come over a network. */
async function* pieces(content: string | Buffer, bytes = 65_536): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.from(content);
  for (let start = 0; start < buffer.length; start += bytes) yield buffer.subarray(start, start + bytes);
}

interface Read {
  readonly line: number;
  readonly urn: string | null;
  readonly owner: string | null;
  readonly refusals: readonly { column: string; reason: string }[];
}

async function read(source: AsyncIterable<Uint8Array>, options: FileOptions = {}): Promise<Read[]> {
  const rows: Read[] = [];
  for await (const cells of readOfstedFile(source, options)) {
    rows.push({ line: cells.line, urn: cells.text('urn'), owner: cells.text('owner'), refusals: cells.refusals });
  }
  return rows;
}

/** What reading the file is refused with. */
async function refusal(content: string | Buffer): Promise<unknown> {
  return read(pieces(content)).then(
    () => new Error('The file was not refused.'),
    (error: unknown) => error,
  );
}

const COLUMNS: readonly OfstedColumn[] = [
  'urn',
  'provisionType',
  'registeredOn',
  'status',
  'name',
  'address1',
  'address2',
  'town',
  'county',
  'postcode',
  'localAuthority',
  'places',
  'owner',
  'kind',
  'inspectedOn',
  'publishedOn',
  'eventNumber',
  'overall',
  'education',
  'health',
  'protection',
  'leadership',
  'previousKind',
  'previousInspectedOn',
  'previousPublishedOn',
  'previousEventNumber',
  'previousOverall',
  'previousEducation',
  'previousHealth',
  'previousProtection',
  'previousLeadership',
];
const HEADER = COLUMNS.map(columnName).join(',');
const ROW = ['2612013', ...COLUMNS.slice(1).map(() => '')].join(',');

describe('readOfstedFile', () => {
  it('reads the genuine file: byte order mark, titles above the header, quoted cells', async () => {
    const rows = await read(pieces(await readFile(SAMPLE)));
    expect(rows).toHaveLength(262);
    expect(rows[0]).toEqual({ line: 5, urn: '2612013', owner: 'PURE GRACE HOMES LIMITED', refusals: [] });
    expect(rows.at(-1)?.line).toBe(266);
    expect(rows.filter(({ owner }) => owner === 'Sense, The National Deafblind And Rubella Association')).toHaveLength(
      1,
    );
  });

  it.each([1, 3, 7, 1000])('reads it the same in pieces of %i bytes', async (bytes) => {
    const content = (await readFile(SAMPLE)).subarray(0, 20_000);
    const whole = content.subarray(0, content.lastIndexOf('\r\n'));
    expect(await read(pieces(whole, bytes))).toEqual(await read(pieces(whole)));
  });

  it.each([
    ['on the first row', `${HEADER}\n${ROW}\n`, 2],
    ['below titles that have one cell', `${BOM}Title\r\nNote\r\n\r\n${HEADER}\r\n${ROW}`, 5],
    ['below a note of two lines', `"A note,\r\non two lines"\r\n${HEADER}\r\n${ROW}\r\n`, 4],
    [
      'with spaces, capitals and padding',
      `Title,,\r\n${HEADER.toUpperCase().replaceAll(',', ' ,')},,,\r\n${ROW},,,\r\n`,
      3,
    ],
    ['in a file with lines of the old Macintosh', `${HEADER}\r${ROW}\r`, 2],
  ])('finds the header %s', async (_, content, line) => {
    expect(await read(pieces(content))).toEqual([{ line, urn: '2612013', owner: null, refusals: [] }]);
  });

  it('finds columns in another order', async () => {
    const lastFirst = (row: string): string => row.replace(/^(.*),([^,]*)$/, '$2,$1');
    const [row] = await read(pieces(`${lastFirst(HEADER)}\n${lastFirst(ROW)}`));
    expect(row?.urn).toBe('2612013');
  });

  it('passes over blank rows, however wide', async () => {
    const rows = await read(pieces(`${HEADER}\r\n\r\n${ROW}\r\n,, ,,\r\n${ROW}\r\n\r\n`));
    expect(rows.map(({ line }) => line)).toEqual([3, 5]);
  });

  it('says of a row that is cut off where it ends', async () => {
    const [row] = await read(pieces(`${HEADER}\n2612013,Children's home,08/11/2021\n${ROW}`));
    expect(row?.refusals).toEqual([
      { line: 2, column: 'Registration date', reason: 'the row ends here, after 3 of 31 cells.' },
    ]);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['an empty file', '', /is empty/],
    ['a byte order mark alone', BOM, /is empty/],
    ['a workbook', Buffer.from('PK\u0003\u0004\u0014\u0000\u0006\u0000and so on'), /save that as "CSV UTF-8"/],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /save that as "CSV UTF-8"/],
    ['a PDF', '%PDF-1.7\n%...', /is a PDF/],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0]), /Unpack it/],
    ['a web page', '\n<!DOCTYPE html><html></html>', /web page/],
    ['an unknown binary', Buffer.from([1, 2, 3, 0, 0, 0, 255, 254, 253]), /not text in UTF-8/],
    ['UTF-16', Buffer.from(`${BOM}${HEADER}\r\n`, 'utf16le'), /not text in UTF-8/],
    [
      'Windows letters',
      Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0x53, 0x43, 0x20, 0x96])]),
      /save it again as "CSV UTF-8"/,
    ],
    [
      'half a character at its end',
      Buffer.concat([Buffer.from(`${HEADER}\n${ROW}`), Buffer.from([0xe2, 0x80])]),
      /not text in UTF-8/,
    ],
    [
      'CQC’s directory',
      'CQC Locations data\n\nThis data was produced on 29 July 2026\n\nName,Also known as\n',
      /CQC’s directory/,
    ],
    ['CQC’s directory without its title', 'Name,CQC Location ID (for office use only)\nx,1-1\n', /CQC’s directory/],
    ['somebody else’s list', `Name,Town\n${'x,y\n'.repeat(60)}`, /No row has the cells "URN", "Provision type"/],
    ['a title and nothing else', 'Children’s social care data in England 2024', /No row has the cells/],
    ['semicolons', `Title\n${HEADER.replaceAll(',', ';')}\n`, /separated by semicolons/],
    ['tabs', `${HEADER.replaceAll(',', '\t')}\n`, /separated by tabs/],
    [
      'a year that lacks what every year has',
      `URN,Provision type,Registration status,Kind of event\n1,2,3,4\n`,
      /none of the years 2016-17 to 2023-24: it has no column .*"Inspection event type".*what these columns mean: "Kind of event"/,
    ],
    [
      'a year whose columns nobody has seen',
      `${HEADER},Overall outcome,Sector\n${ROW},x,y\n`,
      /none of the years 2016-17 to 2023-24 had: "Overall outcome"\. They may hold a judgement.*Say of each what it means/,
    ],
    [
      'a file that is cut off in a row',
      `${HEADER}\n${ROW}\n2612014,Children's home,08/1`,
      /ends in the middle of the row of line 3/,
    ],
    ['a bomb of empty lines', `${HEADER}\n${'\n'.repeat(100_000)}`, /more than 20,000 rows/],
    ['a bomb of one endless line', `${HEADER}\n${','.repeat(200_000)}`, /line 2: it does not end/],
    ['a header alone', `${HEADER}\r\n`, /no row below it/],
    [
      'a quoted cell that is cut off',
      `${HEADER}\n${ROW}\n2612014,"Children's ho`,
      /damaged in the row of line 3: a quotation mark is never closed/,
    ],
    ['a stray quotation mark', `${HEADER}\n2612013,The "Home",\n${ROW}\n`, /line 2: its quotation marks do not fit/],
    ['a cell without end', `${HEADER}\n"${'x'.repeat(70_000)}`, /line 2: it does not end/],
  ])('refuses %s and says what to do', async (_, content, message) => {
    const error = await refusal(content);
    expect(error).toBeInstanceOf(AccordError);
    expect(error).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { path: 'file' },
      message: expect.stringMatching(message),
    });
  });

  it('refuses a file that is far too large without reading it to its end', async () => {
    let chunks = 0;
    async function* endless() {
      yield Buffer.from(`${HEADER}\n`);
      for (const some = Buffer.from(`"${'x'.repeat(9_000)}"\n`); ; chunks++) yield some;
    }
    await expect(read(endless(), { mostMegabytes: 0.1 })).rejects.toThrow(/more than 0.1 MB/);
    expect(chunks).toBeLessThan(1_000);
  });

  it('passes on what goes wrong with the source', async () => {
    async function* broken() {
      yield Buffer.from(`${HEADER}\n${ROW}\n`);
      throw new Error('The disk is gone.');
    }
    await expect(read(broken())).rejects.toThrow('The disk is gone.');
  });

  it.each(Object.keys(YEARS))('knows every column of %s, and reads a row by its names', async (year) => {
    const columns = YEARS[year] ?? [];
    const cells: Record<string, string> = { URN: '2612013', 'Inspection date': '05/06/2019' };
    const content = `${columns.join(',')}\r\n${columns.map((column) => cells[column] ?? '').join(',')}\r\n`;
    for await (const row of readOfstedFile(pieces(content))) {
      expect([row.text('urn'), row.date('inspectedOn')]).toEqual(['2612013', '2019-06-05']);
      row.refuse('eventNumber', 'as this file names it');
      const named = columns.find((column) => /event number/i.test(column));
      expect(row.refusals).toEqual([{ line: 2, column: named, reason: 'as this file names it' }]);
    }
  });

  it('takes what is said of a column that nobody has seen', async () => {
    const content = `${HEADER},Overall outcome,Wing\n${ROW},Outcome 3,x\n`;
    const meanings = [
      { name: 'overall  OUTCOME', meaning: 'supportedOutcome' },
      { name: 'Wing', meaning: null },
    ] as const;
    for await (const row of readOfstedFile(pieces(content), { meanings }))
      expect(row.text('supportedOutcome')).toBe('Outcome 3');
  });
});

describe('examineOfstedFile', () => {
  it('counts the rows of the genuine file and reads its year', async () => {
    expect(await examineOfstedFile(pieces(await readFile(SAMPLE)))).toEqual({ rows: 262, asAt: '2024-03-31' });
  });

  it.each([
    ['Registered homes as at 31 August 2026', '2026-08-31'],
    ['Registered homes as at 3 august 2026', '2026-08-03'],
    ['Provider level in year 2022-23', '2023-03-31'],
    ['Provider level', null],
  ])('takes "%s" to tell as of %s', async (title, asAt) => {
    const row = (await readFile(SAMPLE, 'utf8')).split('\r\n').slice(3, 5).join('\r\n');
    expect(await examineOfstedFile(pieces(`${title}\r\n${row}\r\n`))).toMatchObject({ rows: 1, asAt });
  });

  it('refuses a file of which no row can be read', async () => {
    await expect(examineOfstedFile(pieces(`${HEADER}\n${ROW}\n${ROW}\n`))).rejects.toThrow(
      /No row of this file can be read/,
    );
  });
});

describe('readBatches', () => {
  it('goes on after the rows that have come in, and knows what stood in them', async () => {
    const content = await readFile(SAMPLE, 'utf8');
    const rows = content.split('\r\n').slice(4, -1);
    const three = [content.trimEnd(), ...rows, ...rows, ''].join('\r\n');
    const read = async (skipRows: number) => {
      const batches = [];
      for await (const batch of readBatches(pieces(three), {}, skipRows)) batches.push(batch);
      return batches;
    };
    const [first, ...rest] = await read(0);
    expect(first?.rowsRead).toBe(500);
    expect(await read(500)).toEqual(rest);
    expect(rest.map(({ rows: own, refusedRows, rowsRead }) => [own.length, refusedRows, rowsRead])).toEqual([
      [0, 286, 786],
    ]);
    expect(rest[0]?.refusals[0]?.reason).toMatch(/^\d{8} is on line \d+ already\.$/);
    expect(await read(786)).toEqual([]);
  });
});
