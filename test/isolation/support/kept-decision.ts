import { appeal, hear, newHistory, type HistoryLine } from './accreditation-history.js';
import { countRows, JUST, NOT_YET } from './records.js';
import type { Scene } from './scene.js';

export const KIND = 'ACCREDITATION_DECISION';
/** What the history says instead of the reason of a decision that was deleted. */
export const GONE = 'The decision was deleted when its time was over.';

/** Every table in which there is something of a decision, and by which column. */
export const OF_DECISION: Readonly<Record<string, string>> = {
  accreditation_proposal: 'id',
  accreditation_decision: 'id',
  accreditation_verdict: 'proposal_id',
  accreditation_verdict_reason: 'proposal_id',
  accreditation_gist: 'proposal_id',
  accreditation_put_off: 'proposal_id',
  accreditation_reply: 'proposal_id',
  accreditation_appeal: 'proposal_id',
  accreditation_appeal_outcome: 'proposal_id',
  accreditation_reminder: 'subject_id',
};

export const [APPLIED, GRANTED]: [HistoryLine, HistoryLine] = [
  { cause: 'APPLICATION', status: 'APPLIED', on: '2014-01-10' },
  { cause: 'DECISION', status: 'ACCREDITED_WITH_CONDITIONS', on: '2014-06-10', as: 'granted' },
];
export const RENEWED: HistoryLine = { cause: 'DECISION', status: 'ACCREDITED', on: '2016-06-10', as: 'renewed' };

export const HISTORY = `query($id: ID!) { provider(id: $id) { accreditation { status effectiveFrom
  statusOn(date: "2015-01-01") decisions(first: 9) { nodes { id reason } }
  history(first: 9) { nodes { status effectiveFrom cause conditions reason } } } } }`;

export interface Seen {
  readonly provider: {
    readonly accreditation: {
      readonly decisions: { readonly nodes: { readonly id: string }[] };
      readonly history: { readonly nodes: { readonly cause: string; readonly reason: string }[] };
    };
  };
}

/** Six years ago today, and the day after. */
export async function edgeDays(scene: Scene): Promise<{ just: string; notYet: string }> {
  const [days] = await scene.sql<{ just: string; not_yet: string }>(
    `select (${JUST})::text as just, (${NOT_YET})::text as not_yet`,
  );
  return { just: days?.just ?? '', notYet: days?.not_yet ?? '' };
}

/** A decision with all that there can be of one, which gave way to another in 2016. */
export async function supersededDecision(scene: Scene) {
  const history = await newHistory(scene, [APPLIED, GRANTED, RENEWED]);
  const { granted = '', renewed = '' } = history.decisions;
  await hear(scene, granted, '2014-06-01');
  await appeal(scene, granted, '2014-06-20', '2014-07-01');
  return { providerId: history.providerId, granted, renewed };
}

/** How many rows there are of a decision, by table. */
export async function rowsOfDecision(scene: Scene, id: string): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const [table, column] of Object.entries(OF_DECISION)) rows[table] = await countRows(scene, table, column, [id]);
  return rows;
}

/** So many rows in every one of its tables. */
export const inEach = (count: number) => Object.fromEntries(Object.keys(OF_DECISION).map((table) => [table, count]));

/** Takes what is kept of accreditation away, for the next test. */
export async function clearDecisions(scene: Scene): Promise<void> {
  for (const table of ['accreditation_proposal', 'accreditation_assessment', 'record_hold'])
    await scene.sql(`delete from ${table}`);
}

/** In how many rows with this id a text stands. */
export async function wordsLeft(scene: Scene, id: string, words: string): Promise<number> {
  const tables = await scene.sql<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  let found = 0;
  for (const { name } of tables)
    found += (
      await scene.sql(`select from ${name} t where strpos(t::text, $1) > 0 and strpos(t::text, $2) > 0`, [words, id])
    ).length;
  return found;
}
