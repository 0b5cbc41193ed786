import { FEED_CONTESTANTS } from './kit/feed-contestants.ts';
import { FILTERED_FEEDS, plainFeeds } from './kit/feed-questions.ts';
import { Race } from './kit/race.ts';

/** Boroughs inside and outside the agreement, and the alliance. */
const CALLERS = ['e09000005', 'e09000003', 'e09000009', 'e09000016', 'e09000001', 'e09000033'].map(
  (code) => `${code}-placements`,
);
CALLERS.push('alliance-safeguarding');

/**
 * Its way through the feed, newest first behind the row policies: without it, PostGraphile, which asks for the feed as a
 * whole, would have all that may be seen sorted for every page.
 */
const INDEX_FOR_POSTGRAPHILE = `create index sharing_feed_for_postgraphile on sharing (kind, shared_on, id) where ended_at is null`;

await Race.hold(async (race) => {
  await race.stage.change(INDEX_FOR_POSTGRAPHILE);
  const { gateway, handWritten } = FEED_CONTESTANTS;
  await race.run({
    title: 'What all can be asked',
    callers: CALLERS,
    questions: await plainFeeds(race.stage.database),
    contestants: FEED_CONTESTANTS,
  });
  if (race.only === 'plain') return;
  await race.run({
    title: 'With filters',
    callers: CALLERS,
    questions: FILTERED_FEEDS,
    contestants: { gateway, handWritten },
  });
});
