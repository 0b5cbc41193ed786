import { htmlOf, pdfOf, type PagePart } from '@accord/printing';
import { stringify } from 'csv-stringify/sync';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ExportFormat {
  CSV = 'CSV',
  JSON = 'JSON',
}

export enum PrintFormat {
  HTML = 'HTML',
  PDF = 'PDF',
}

registerEnumType(ExportFormat, { name: 'ExportFormat', description: 'How an export is written.' });

registerEnumType(PrintFormat, { name: 'PrintFormat', description: 'How a page to be printed is written.' });

/** Stands on every row and page that leaves Accord. */
export const PROTECTIVE_MARKING = 'OFFICIAL-SENSITIVE';

@ObjectType({ simpleResolvers: true, description: 'Rows to be handed out, each with its markings.' })
export class ExportFile {
  @Field(() => String, { description: 'A name for the file.' })
  name!: string;

  @Field(() => String, { description: 'Its media type.' })
  mediaType!: string;

  @Field(() => Int, { description: 'How many rows it has.' })
  rowCount!: number;

  @Field(() => String, { description: 'What is in it.' })
  content!: string;

  @Field({ description: 'Whether its bytes are written in Base64; otherwise the content is the text itself.' })
  isBase64!: boolean;
}

export type ExportRow = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Rows as a file. The protective marking stands on each row, so that a row that is copied elsewhere takes it along.
 * In CSV, a text that a spreadsheet would run as a formula is written so that it does not.
 */
export function exportFile(
  name: string,
  format: ExportFormat,
  columns: readonly string[],
  rows: readonly ExportRow[],
): ExportFile {
  const marked = rows.map((row) => ({ marking: PROTECTIVE_MARKING, ...row }));
  const isCsv = format === ExportFormat.CSV;
  return {
    name: `${name}.${format.toLowerCase()}`,
    mediaType: isCsv ? 'text/csv; charset=utf-8' : 'application/json',
    rowCount: rows.length,
    content: isCsv
      ? stringify(marked, { header: true, columns: ['marking', ...columns], escape_formulas: true })
      : JSON.stringify({ marking: PROTECTIVE_MARKING, rows: marked }, null, 2),
    isBase64: false,
  };
}

/** A page to be printed as a file, with the protective marking on every sheet. */
export async function printedFile(
  name: string,
  format: PrintFormat,
  { title, parts }: { readonly title: string; readonly parts: readonly PagePart[] },
): Promise<ExportFile> {
  const page = { marking: PROTECTIVE_MARKING, title, parts };
  const isPdf = format === PrintFormat.PDF;
  return {
    name: `${name}.${format.toLowerCase()}`,
    mediaType: isPdf ? 'application/pdf' : 'text/html; charset=utf-8',
    rowCount: 1,
    content: isPdf ? (await pdfOf(page)).toString('base64') : htmlOf(page),
    isBase64: isPdf,
  };
}
