import { DOSSIER_CONTESTANTS } from './kit/dossier-contestants.ts';
import { findDossiers } from './kit/dossier-questions.ts';
import { Race } from './kit/race.ts';

/** Boroughs inside and outside the agreement. Not the alliance, who sees proposals in a dossier too. */
const BOROUGHS = ['E09000005', 'E09000003', 'E09000009', 'E09000016', 'E09000001', 'E09000033'];

await Race.hold(async (race) => {
  await race.run({
    title: 'Dossiers',
    callers: BOROUGHS.map((code) => `${code.toLowerCase()}-placements`),
    questions: await findDossiers(race.stage.database, BOROUGHS),
    contestants: DOSSIER_CONTESTANTS,
  });
});
