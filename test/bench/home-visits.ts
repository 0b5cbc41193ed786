import { HOME_VISITS_CONTESTANTS } from './kit/home-visits-contestants.ts';
import { findProviders, IS_VISITED } from './kit/provider-questions.ts';
import { Race } from './kit/race.ts';

/** Boroughs inside and outside the agreement. */
const CALLERS = ['e09000005', 'e09000003', 'e09000009', 'e09000016', 'e09000001'].map((code) => `${code}-placements`);

await Race.hold(async (race) => {
  await race.run({
    title: 'Visits',
    callers: CALLERS,
    questions: await findProviders(race.stage.database, IS_VISITED),
    contestants: HOME_VISITS_CONTESTANTS,
  });
});
