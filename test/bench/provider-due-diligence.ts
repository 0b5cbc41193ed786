import { DUE_DILIGENCE_CONTESTANTS } from './kit/due-diligence-contestants.ts';
import { findProviders, IS_ANSWERED } from './kit/provider-questions.ts';
import { Race } from './kit/race.ts';

/** Boroughs inside and outside the agreement, and the alliance: answers have no more for it than for a member. */
const CALLERS = ['e09000005', 'e09000003', 'e09000009', 'e09000016', 'e09000001'].map((code) => `${code}-placements`);

await Race.hold(async (race) => {
  await race.run({
    title: 'Due diligence',
    callers: [...CALLERS, 'alliance-safeguarding'],
    questions: await findProviders(race.stage.database, IS_ANSWERED),
    contestants: DUE_DILIGENCE_CONTESTANTS,
  });
});
