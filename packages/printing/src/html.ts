import escapeHtml from 'escape-html';
import type { Page, PagePart, Question } from './page.js';

const STYLE = `
body { font: 11pt/1.4 sans-serif; max-width: 50em; margin: 2cm auto; color: #0b0c0c; }
header, footer { font-weight: bold; text-align: center; }
table { border-collapse: collapse; width: 100%; }
caption, th, td { text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th, td { border: 1px solid #505a5f; padding: 0.3em 0.5em; }
caption { font-weight: bold; margin: 1em 0 0.3em; }
dt { font-weight: bold; margin-top: 0.5em; }
dd { min-height: 1.5em; margin: 0; border-bottom: 1px dotted; }
@page { margin: 2cm; }
`;

/** A page as a whole document that loads nothing. */
export const htmlOf = ({ marking, title, parts }: Page): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>${escapeHtml(`${marking}: ${title}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>${escapeHtml(marking)}</header>
<h1>${escapeHtml(title)}</h1>
${parts.map(partOf).join('\n')}
<footer>${escapeHtml(marking)}</footer>
</body>
</html>
`;

function partOf(part: PagePart): string {
  switch (part.kind) {
    case 'text':
      return `<p>${text(part.text)}</p>`;
    case 'list':
      return `${heading(part.heading)}<ul>${part.lines.map((line) => `<li>${text(line)}</li>`).join('')}</ul>`;
    case 'questions':
      return `${heading(part.heading)}<dl>${part.questions.map(questionOf).join('')}</dl>`;
    case 'facts':
      return table(
        part.heading,
        part.rows.map(([name, value]) => `<th scope="row">${text(name)}</th><td>${text(value)}</td>`),
      );
    case 'table':
      return table(part.heading, [
        part.columns.map((column) => `<th scope="col">${text(column)}</th>`).join(''),
        ...part.rows.map((cells) => cells.map((cell) => `<td>${text(cell)}</td>`).join('')),
      ]);
  }
}

const heading = (words: string): string => (words === '' ? '' : `<h2>${text(words)}</h2>`);

const questionOf = ({ label, note, said }: Question): string =>
  `<dt>${text(label)}${note === null ? '' : ` <small>(${text(note)})</small>`}</dt>${(said.length === 0 ? [''] : said)
    .map((words) => `<dd>${text(words)}</dd>`)
    .join('')}`;

const table = (caption: string, rows: readonly string[]): string =>
  `<table><caption>${text(caption)}</caption>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;

const text = (words: string): string => escapeHtml(words).replaceAll('\n', '<br>');
