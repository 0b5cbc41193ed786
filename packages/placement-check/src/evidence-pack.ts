import { ExportFile, PROTECTIVE_MARKING } from '@accord/access';
import type { PlacementCheck, PlacementGround } from './check.type.js';
import type { PlacementCheckSince, SavedPlacementCheck } from './saved-check.type.js';

/** What a pack names besides the check itself. */
export interface Named {
  readonly provider: string;
  readonly home: string;
  readonly borough: string;
  /** Who printed it, and when. */
  readonly printedBy: string;
  readonly printedAt: Date;
}

/**
 * A saved check as a page to print: what was asked, found and seen, and beside it the words as they may be shown today. A
 * whole document that loads nothing; a browser makes a PDF of it.
 */
export function evidencePack({ saved, now, changed }: PlacementCheckSince, named: Named): ExportFile {
  const content = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>${text(PROTECTIVE_MARKING)}: placement check, ${text(named.home)}</title>
<style>
body { font: 11pt/1.4 sans-serif; margin: 2cm; color: #0b0c0c; }
header, footer { font-weight: bold; text-align: center; }
table { border-collapse: collapse; width: 100%; }
caption, th, td { text-align: left; vertical-align: top; }
th, td { border: 1px solid #505a5f; padding: 0.3em 0.5em; }
caption { font-weight: bold; margin: 1em 0 0.3em; }
code { font-size: 8pt; word-break: break-all; }
@page { margin: 2cm; }
</style>
</head>
<body>
<header>${text(PROTECTIVE_MARKING)}</header>
<h1>Placement check: ${text(named.home)}</h1>
${facts(saved, named)}
${savedGrounds(saved)}
${today(now)}
${seen(saved, changed)}
<p>That there are no known blocks does not say that a home is safe: it says what was known to ${text(named.borough)}, of what it may see.</p>
<footer>${text(PROTECTIVE_MARKING)}</footer>
</body>
</html>
`;
  return { name: `placement-check-${saved.id}.html`, mediaType: 'text/html; charset=utf-8', rowCount: 1, content };
}

function facts(saved: SavedPlacementCheck, named: Named): string {
  const rows: [string, string][] = [
    ['Home', named.home],
    ['Provider', named.provider],
    ['Age', words(saved.ageBand)],
    ['As', saved.placementType === null ? 'anything that the home offers' : words(saved.placementType)],
    ['Emergency', saved.emergency ? 'yes' : 'no'],
    ['Own reference', saved.reference ?? 'none'],
    ['Checked', `${moment(saved.checkedAt)}, by ${saved.checkedBy} of ${named.borough}`],
    ['Result', saved.noKnownBlocks ? 'no known blocks' : 'blocked'],
    ...(saved.override === null
      ? []
      : ([['Overridden', `${moment(saved.override.at)}, by ${saved.override.by}: ${saved.override.reason}`]] as [
          string,
          string,
        ][])),
    ['Printed', `${moment(named.printedAt)}, by ${named.printedBy}`],
  ];
  return `<table><caption>What was asked</caption>${rows
    .map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`)
    .join('')}</table>`;
}

const savedGrounds = ({ grounds }: SavedPlacementCheck): string =>
  table(
    'What it found then',
    ['What', 'Weight', 'As of'],
    grounds.map(({ code, blocks, asOf }) => [words(code), blocks ? 'blocks' : 'warns', asOf ?? '']),
  );

const today = ({ blocks, warnings }: PlacementCheck): string =>
  table(
    'The same, as it may be shown on the day of printing',
    ['What', 'Weight', 'Source', 'As of'],
    [...blocks.map((ground) => line(ground, 'blocks')), ...warnings.map((ground) => line(ground, 'warns'))],
  );

const line = ({ message, source, asOf }: PlacementGround, weight: string) => [message, weight, source, asOf ?? ''];

function seen({ seen: things }: SavedPlacementCheck, changed: PlacementCheckSince['changed']): string {
  const otherwise = new Set(changed.map(({ kind, id }) => `${kind} ${id}`));
  const rows = things.map(
    ({ kind, id, version, hash }) =>
      `<tr><td>${text(words(kind))}</td><td><code>${text(id)}</code></td><td>${version ?? ''}</td><td><code>${text(hash)}</code></td><td>${
        otherwise.has(`${kind} ${id}`) ? 'otherwise today, or no longer to be seen' : 'as then'
      }</td></tr>`,
  );
  return `<table><caption>What it had seen</caption><tr><th>What</th><th>Id</th><th>Version</th><th>SHA-256</th><th>Today</th></tr>${rows.join('')}</table>`;
}

const table = (caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><caption>${text(caption)}</caption><tr>${heads.map((head) => `<th scope="col">${text(head)}</th>`).join('')}</tr>${rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`)
    .join('')}</table>`;

const words = (code: string): string => code.toLowerCase().replaceAll('_', ' ');

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/London' });
const moment = (at: Date): string => MOMENT.format(at);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that cannot become markup: what providers and officers wrote stands in it. */
const text = (value: string): string => value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
