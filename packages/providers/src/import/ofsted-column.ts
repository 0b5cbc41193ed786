/**
 * The columns that the import reads, each with the names under which the regulator has published it: first the one
 * of 2023-24, then those of the years before, back to 2016-17. Another year's name for a column is one more string
 * here; until then whoever brings the file can say what it means (`ColumnMeaning`).
 */
const COLUMN_NAMES = {
  urn: ['URN'],
  provisionType: ['Provision type'],
  registeredOn: ['Registration date'],
  status: ['Registration status'],
  name: ['Name'],
  address1: ['Address 1'],
  address2: ['Address 2'],
  town: ['Town'],
  county: ['County'],
  postcode: ['Postcode'],
  localAuthority: ['Local authority'],
  places: ['Places'],
  owner: ['Organisation which owns the provider', 'Organisation'],
  kind: ['Inspection event type', 'Event type'],
  inspectedOn: ['Inspection date'],
  publishedOn: ['Inspection publication date', 'Publication date'],
  eventNumber: ['Inspection event number', 'Event number'],
  overall: [
    'Overall experiences and progress of children and young people',
    'Inspection overall experiences and progress of children and young people',
  ],
  education: [
    'Outcomes in education and related learning activities',
    'Inspection outcomes in education and related learning activities',
  ],
  health: ['Health services', 'Inspection health services'],
  protection: [
    'How well children and young people are helped and protected',
    'Inspection how well children and young people are helped and protected',
  ],
  leadership: ['The effectiveness of leaders and managers', 'Inspection the effectiveness of leaders and managers'],
  // What was judged until 2018.
  effectiveness: ['Overall effectiveness'],
  outcomes: ['Outcomes for children and young people'],
  care: ['Quality of care'],
  safeguarding: ['Safeguarding children and young people'],
  management: ['Leadership and management'],
  // Its name is not known here: no file with the outcomes of supported accommodation has been seen.
  supportedOutcome: [],
  previousKind: ['Previous Event type'],
  previousInspectedOn: ['Previous inspection Date'],
  previousPublishedOn: ['Previous publication date'],
  previousEventNumber: ['Previous event number'],
  previousOverall: ['Previous overall experiences and progress of children and young people'],
  previousEducation: ['Previous outcomes in education and related learning activities'],
  previousHealth: ['Previous health services'],
  previousProtection: ['Previous how well children and young people are helped and protected'],
  previousLeadership: ['Previous effectiveness of leaders and managers'],
} as const satisfies Record<string, readonly string[]>;

export type OfstedColumn = keyof typeof COLUMN_NAMES;

export const OFSTED_COLUMNS = Object.keys(COLUMN_NAMES) as OfstedColumn[];

/** Columns that have been seen and are not read. */
const UNREAD = [
  'Web link',
  'Linked Education URN',
  'Ofsted region',
  'Government Office Region',
  'Parliamentary constituency',
  'Sector',
  "Short-break-only children's home",
  "Multi-building children's home",
  'Short breaks only',
];

/** What a column of the file means, said by whoever brings it in: one that is read, or null for one to pass over. */
export interface ColumnMeaning {
  /** As the file's header has it. */
  readonly name: string;
  readonly meaning: OfstedColumn | null;
}

/** Cells by which the header row is known, wherever it stands. */
const HEADER_MARKS: readonly OfstedColumn[] = ['urn', 'provisionType', 'status'];

/** What every year's file has. */
const IN_EVERY_YEAR: readonly OfstedColumn[] = [
  ...HEADER_MARKS,
  'postcode',
  'localAuthority',
  'places',
  'kind',
  'inspectedOn',
  'eventNumber',
];
/** Which of these there is depends on the year. */
const JUDGED_OVERALL: readonly OfstedColumn[] = ['overall', 'effectiveness', 'supportedOutcome'];
const PREVIOUS: readonly OfstedColumn[] = ['previousKind', 'previousInspectedOn', 'previousEventNumber'];

/** The name of a column, as a person finds it in the newest file that has been seen. */
export const columnName = (column: OfstedColumn): string =>
  COLUMN_NAMES[column][0] ?? 'the outcome of supported accommodation';

/** What the header row is looked for by, in words. */
export const HEADER_MARK_NAMES = HEADER_MARKS.map((column) => `"${columnName(column)}"`).join(', ');

/** Where each column stands, and what keeps the header from being read. */
export interface Header {
  readonly places: ReadonlyMap<OfstedColumn, number>;
  /** The columns' names in this very file. */
  readonly names: ReadonlyMap<OfstedColumn, string>;
  /** Columns that no year went without. */
  readonly missing: readonly OfstedColumn[];
  /** Names that no year had: they may hold what must not be passed over. */
  readonly unseen: readonly string[];
  /** Cells that a whole row has at least: up to the last column that is read. */
  readonly width: number;
}

const SEEN: ReadonlyMap<string, OfstedColumn | null> = new Map([
  ...UNREAD.map((name) => [headerKey(name), null] as const),
  ...OFSTED_COLUMNS.flatMap((column) => COLUMN_NAMES[column].map((name) => [headerKey(name), column] as const)),
]);

/**
 * The header that this row is, or `undefined` when it is a title, a note or a row of data.
 * @param meanings of columns, before those that are known here.
 */
export function readHeader(cells: readonly string[], meanings: readonly ColumnMeaning[] = []): Header | undefined {
  const said = new Map(meanings.map(({ name, meaning }) => [headerKey(name), meaning]));
  const places = new Map<OfstedColumn, number>();
  const names = new Map<OfstedColumn, string>();
  const unseen: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const key = headerKey(cell);
    if (key === '') continue;
    const column = said.has(key) ? said.get(key) : SEEN.get(key);
    if (column === undefined) unseen.push(cell.trim());
    // A name that stands there twice is the first one: what follows is padding or a copy.
    else if (column !== null && !places.has(column)) {
      places.set(column, index);
      names.set(column, cell.trim());
    }
  }
  if (!HEADER_MARKS.every((column) => places.has(column))) return undefined;
  const missing = IN_EVERY_YEAR.filter((column) => !places.has(column));
  if (!JUDGED_OVERALL.some((column) => places.has(column))) missing.push('overall');
  if (OFSTED_COLUMNS.some((column) => column.startsWith('previous') && places.has(column)))
    missing.push(...PREVIOUS.filter((column) => !places.has(column)));
  return { places, names, missing, unseen, width: Math.max(...places.values()) + 1 };
}

function headerKey(cell: string): string {
  return cell.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
