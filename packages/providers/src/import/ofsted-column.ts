/**
 * The columns that the import reads, each with the names under which the regulator has published it.
 * Another year's name for a column is one more string here.
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
  owner: ['Organisation which owns the provider'],
  kind: ['Inspection event type'],
  inspectedOn: ['Inspection date'],
  publishedOn: ['Inspection publication date'],
  eventNumber: ['Inspection event number'],
  overall: ['Overall experiences and progress of children and young people'],
  education: ['Outcomes in education and related learning activities'],
  health: ['Health services'],
  protection: ['How well children and young people are helped and protected'],
  leadership: ['The effectiveness of leaders and managers'],
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

const COLUMNS = Object.keys(COLUMN_NAMES) as OfstedColumn[];

/** Cells by which the header row is known, wherever it stands. */
const HEADER_MARKS: readonly OfstedColumn[] = ['urn', 'provisionType', 'status'];

/** The name of a column, as a person finds it in the file. */
export const columnName = (column: OfstedColumn): string => COLUMN_NAMES[column][0];

/** What the header row is looked for by, in words. */
export const HEADER_MARK_NAMES = HEADER_MARKS.map((column) => `"${columnName(column)}"`).join(', ');

/** Where each column stands, and which of them the header lacks. */
export interface Header {
  readonly places: ReadonlyMap<OfstedColumn, number>;
  readonly missing: readonly OfstedColumn[];
  /** Cells that a whole row has at least: up to the last column that is read. */
  readonly width: number;
}

/** The header that this row is, or `undefined` when it is a title, a note or a row of data. */
export function readHeader(cells: readonly string[]): Header | undefined {
  const found = new Map<string, number>();
  // A name that stands there twice is the first one: what follows is padding or a copy.
  for (const [index, cell] of cells.entries()) if (!found.has(headerKey(cell))) found.set(headerKey(cell), index);
  const places = new Map<OfstedColumn, number>();
  for (const column of COLUMNS) {
    const place = COLUMN_NAMES[column].map((name) => found.get(headerKey(name))).find((index) => index !== undefined);
    if (place !== undefined) places.set(column, place);
  }
  if (!HEADER_MARKS.every((column) => places.has(column))) return undefined;
  const missing = COLUMNS.filter((column) => !places.has(column));
  return { places, missing, width: Math.max(...places.values()) + 1 };
}

const headerKey = (cell: string): string => cell.replaceAll(/\s+/g, ' ').trim().toLowerCase();
