import type { TestDatabase } from '@accord/testkit';
import pg from 'pg';
import type { Question } from './contestant.ts';
import type { FeedFilter, FeedVariables } from './feed.ts';

const PROVIDERS = 4;

const ask = (words: string, first: number, filter?: FeedFilter, pagesBefore = 0): Question<FeedVariables> => ({
  words,
  variables: { first, ...(filter && { filter }) },
  pagesBefore,
});

/** What every one of the servers can be asked: the feed from its start and from a cursor, whose it is, about whom. */
export async function plainFeeds(database: TestDatabase): Promise<readonly Question<FeedVariables>[]> {
  const ids = await muchTalkedOf(database);
  return [
    ask('first 20', 20),
    ask('first 50', 50),
    ask('20, second page', 20, undefined, 1),
    ask('50, second page', 50, undefined, 1),
    ask('20, fifth page', 20, undefined, 4),
    ask('my own', 20, { mine: true }),
    ask('others’', 20, { mine: false }),
    ...ids.map((providerId, index) => ask(`on provider ${index + 1}`, 20, { providerId })),
  ];
}

/** What the contract's filters add, and PostGraphile cannot express. */
export const FILTERED_FEEDS: readonly Question<FeedVariables>[] = [
  ask('on staffing', 20, { category: ['STAFFING'] }),
  ask('on exploitation or missing episodes, second page', 20, { category: ['EXPLOITATION', 'MISSING_EPISODES'] }, 1),
  ask('seen in a week of October', 20, { observedFrom: '2026-10-05', observedTo: '2026-10-11' }),
  ask('with a word', 20, { search: 'curfew' }),
  ask('others’ on premises', 50, { mine: false, category: ['PREMISES'] }),
];

/** Providers on which most is held. */
async function muchTalkedOf({ urls }: TestDatabase): Promise<string[]> {
  const client = new pg.Client({ connectionString: urls.superuser });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    `select provider_id as id from sharing where kind = 'INTELLIGENCE' group by 1 order by count(*) desc, 1 limit ${PROVIDERS}`,
  );
  await client.end();
  return rows.map(({ id }) => id);
}

/** What the curve asks for: pages of the feed, its own and others'. */
export const CURVE: readonly FeedVariables[] = [
  { first: 20 },
  { first: 50 },
  { first: 20, filter: { mine: true } },
  { first: 20, filter: { mine: false } },
];
