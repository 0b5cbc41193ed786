import { badInput } from '@accord/kernel';

/** The columns that a kind of file may have: what each is called in what is said of it, and the names it goes by. */
export type CsvColumns<Column extends string> = Readonly<
  Record<Column, { readonly title: string; readonly names: readonly string[] }>
>;

/** Where each column stands in a file's first line. */
export interface FoundColumns<Column extends string> {
  readonly places: ReadonlyMap<Column, number>;
  /** The places, counted from 1, of those that are not of this kind of file. */
  readonly others: readonly number[];
}

/** @throws AccordError `BAD_USER_INPUT` on `file` for cells that commas do not separate, and for a column that is there twice. */
export function findColumns<Column extends string>(
  cells: readonly string[],
  columns: CsvColumns<Column>,
): FoundColumns<Column> {
  const separator = [';', '\t'].find((sign) => cells.length < 3 && cells.join(' ').split(sign).length > 2);
  if (separator !== undefined) {
    const name = separator === ';' ? 'semicolons' : 'tabs';
    throw badInput('file', `The cells of this file are separated by ${name}. Save it again with commas ("CSV UTF-8").`);
  }
  const all = Object.keys(columns) as Column[];
  const places = new Map<Column, number>();
  const others: number[] = [];
  for (const [index, cell] of cells.entries()) {
    const key = cell.replaceAll(/\s+/g, ' ').trim().toLowerCase();
    if (key === '') continue;
    const column = all.find((name) => columns[name].names.includes(key));
    if (column === undefined) others.push(index + 1);
    else if (places.has(column)) throw badInput('file', `The file has two columns "${columns[column].title}".`);
    else places.set(column, index);
  }
  return { places, others };
}

/** A column too many is a child's name sooner than not. @throws AccordError `BAD_USER_INPUT` on `file` for any. */
export function refuseOthers<Column extends string>(
  { others }: FoundColumns<Column>,
  columns: CsvColumns<Column>,
): void {
  if (others.length === 0) return;
  throw badInput(
    'file',
    `Accord does not take column ${others.join(', ')} of this file, and has read nothing of it. Take out what is not one of ${titlesOf(columns)}: no names of young people, no ages.`,
  );
}

export const titlesOf = (columns: CsvColumns<string>): string =>
  Object.values(columns)
    .map(({ title }) => `"${title}"`)
    .join(', ');

/** What stands in a cell, one space between words; null for a blank one, and for one that the row does not have. */
export function textAt(cells: readonly string[], place: number | undefined): string | null {
  const text = place === undefined ? '' : (cells[place] ?? '').replaceAll(/\s+/g, ' ').trim();
  return text === '' ? null : text;
}
