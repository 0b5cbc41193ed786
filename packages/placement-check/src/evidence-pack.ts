import { inWords } from '@accord/kernel';
import { printedFile, type ExportFile, type PrintFormat } from '@accord/access';
import type { PagePart } from '@accord/printing';
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

/** A saved check as a page: what was asked, found and seen, and beside it the words as they may be shown today. */
export function evidencePack(
  { saved, now, changed }: PlacementCheckSince,
  named: Named,
  format: PrintFormat,
): Promise<ExportFile> {
  return printedFile(`placement-check-${saved.id}`, format, {
    title: `Placement check: ${named.home}`,
    parts: [
      asked(saved, named),
      found(saved),
      foundToday(now),
      seen(saved, changed),
      {
        kind: 'text',
        text: `That there are no known blocks does not say that a home is safe: it says what was known to ${named.borough}, of what it may see.`,
      },
    ],
  });
}

function asked(saved: SavedPlacementCheck, named: Named): PagePart {
  const { override } = saved;
  return {
    kind: 'facts',
    heading: 'What was asked',
    rows: [
      ['Home', named.home],
      ['Provider', named.provider],
      ['Age', inWords(saved.ageBand)],
      ['As', saved.placementType === null ? 'anything that the home offers' : inWords(saved.placementType)],
      ['Emergency', saved.emergency ? 'yes' : 'no'],
      ['Own reference', saved.reference ?? 'none'],
      ['Checked', `${moment(saved.checkedAt)}, by ${saved.checkedBy} of ${named.borough}`],
      ['Result', saved.noKnownBlocks ? 'no known blocks' : 'blocked'],
      ...(override === null
        ? []
        : [['Overridden', `${moment(override.at)}, by ${override.by}: ${override.reason}`] as const]),
      ['Printed', `${moment(named.printedAt)}, by ${named.printedBy}`],
    ],
  };
}

const found = ({ grounds }: SavedPlacementCheck): PagePart => ({
  kind: 'table',
  heading: 'What it found then',
  columns: ['What', 'Weight', 'As of'],
  rows: grounds.map(({ code, blocks, asOf }) => [inWords(code), blocks ? 'blocks' : 'warns', asOf ?? '']),
});

const foundToday = ({ blocks, warnings }: PlacementCheck): PagePart => ({
  kind: 'table',
  heading: 'The same, as it may be shown on the day of printing',
  columns: ['What', 'Weight', 'Source', 'As of'],
  rows: [...blocks.map((ground) => line(ground, 'blocks')), ...warnings.map((ground) => line(ground, 'warns'))],
});

const line = ({ message, source, asOf }: PlacementGround, weight: string) => [message, weight, source, asOf ?? ''];

function seen({ seen: things }: SavedPlacementCheck, changed: PlacementCheckSince['changed']): PagePart {
  const otherwise = new Set(changed.map(({ kind, id }) => `${kind} ${id}`));
  return {
    kind: 'table',
    heading: 'What it had seen',
    columns: ['What', 'Id, version and SHA-256', 'Today'],
    rows: things.map(({ kind, id, version, hash }) => [
      inWords(kind),
      `${id}${version === null ? '' : `, version ${version}`}\n${hash}`,
      otherwise.has(`${kind} ${id}`) ? 'otherwise today, or no longer to be seen' : 'as then',
    ]),
  };
}

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/London' });
const moment = (at: Date): string => MOMENT.format(at);
