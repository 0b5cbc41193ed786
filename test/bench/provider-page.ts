import { findDossiers } from './kit/dossier-questions.ts';
import { PROVIDER_PAGE_CONTESTANTS } from './kit/provider-page-contestants.ts';
import { IS_ANSWERED, IS_VISITED } from './kit/provider-questions.ts';
import { Race } from './kit/race.ts';

/** Boroughs inside and outside the agreement. Not the alliance, who sees proposals in a dossier too. */
const BOROUGHS = ['E09000005', 'E09000003', 'E09000009', 'E09000016', 'E09000001', 'E09000033'];

await Race.hold(async (race) => {
  await race.run({
    title: 'Pages of providers',
    callers: BOROUGHS.map((code) => `${code.toLowerCase()}-placements`),
    questions: await findDossiers(race.stage.database, BOROUGHS, `${IS_ANSWERED} and ${IS_VISITED}`),
    contestants: PROVIDER_PAGE_CONTESTANTS,
  });
});
