import type { Content, TableCell } from 'pdfmake';
import type { Page, PagePart, Question } from './page.js';

const SMALL = 8;

/** A page as a PDF on A4, tagged for those who have it read to them. */
export async function pdfOf({ marking, title, parts }: Page): Promise<Buffer> {
  const { default: pdfmake } = await import('pdfmake');
  const { default: fonts } = await import('pdfmake/fonts/Roboto.js');
  pdfmake.setFonts(fonts);
  // Nothing that somebody wrote makes it open a file or a connection.
  const files = new Set(Object.values(fonts.Roboto));
  pdfmake.setLocalAccessPolicy((path) => files.has(path));
  pdfmake.setUrlAccessPolicy(() => false);
  const sheet: Content = { text: marking, bold: true, alignment: 'center', margin: [0, 20, 0, 0] };
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [50, 55, 50, 55],
      language: 'en-GB',
      displayTitle: true,
      tagged: true,
      info: { title: `${marking}: ${title}` },
      defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.2 },
      header: sheet,
      footer: (page, pages) => [{ text: `${marking}   ${page} of ${pages}`, bold: true, alignment: 'center' }],
      content: [{ text: title, fontSize: 16, bold: true }, ...parts.flatMap(partOf)],
    })
    .getBuffer();
}

function partOf(part: PagePart): Content[] {
  switch (part.kind) {
    case 'text':
      return [{ text: part.text, margin: [0, 6, 0, 0] }];
    case 'list':
      return [heading(part.heading), { ul: part.lines.map((line) => ({ text: line })) }];
    case 'questions':
      return [heading(part.heading), ...part.questions.map(questionOf)];
    case 'facts':
      return [
        heading(part.heading),
        table(
          ['30%', '*'],
          part.rows.map(([name, value]) => [{ text: name, bold: true }, value]),
        ),
      ];
    case 'table':
      return [
        heading(part.heading),
        table(
          part.columns.map(() => 'auto'),
          [part.columns.map((column) => ({ text: column, bold: true })), ...part.rows.map((row) => [...row])],
          1,
        ),
      ];
  }
}

const heading = (words: string): Content => ({ text: words, bold: true, fontSize: 12, margin: [0, 10, 0, 3] });

const questionOf = ({ label, note, said }: Question): Content => ({
  stack: [
    { text: [{ text: label, bold: true }, note === null ? '' : { text: ` (${note})`, fontSize: SMALL }] },
    ...(said.length === 0 ? [' '] : said),
    { canvas: [{ type: 'line', x1: 0, y1: 2, x2: 495, y2: 2, lineWidth: 0.5, dash: { length: 2 } }] },
  ],
  margin: [0, 3, 0, 3],
});

const table = (widths: string[], body: TableCell[][], headerRows = 0): Content =>
  body.length === headerRows ? { text: 'None.' } : { table: { headerRows, widths, body }, fontSize: 9 };
