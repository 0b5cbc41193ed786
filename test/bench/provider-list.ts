import { LIST_CONTESTANTS } from './kit/list-contestants.ts';
import { FULL, PLAIN } from './kit/list-questions.ts';
import { Race } from './kit/race.ts';

/** Callers of the rotation: boroughs inside and outside the agreement, and the alliance. */
const CALLERS = ['e09000005', 'e09000003', 'e09000009', 'e09000016', 'e09000001', 'e09000033'].map(
  (code) => `${code}-placements`,
);
CALLERS.push('alliance-safeguarding');

await Race.hold(async (race) => {
  const { gateway, handWritten } = LIST_CONTESTANTS;
  await race.run({
    title: 'What all can be asked',
    callers: CALLERS,
    questions: PLAIN,
    contestants: LIST_CONTESTANTS,
  });
  if (race.only === 'plain') return;
  await race.run({
    title: 'With filters and every order',
    callers: CALLERS,
    questions: FULL,
    contestants: { gateway, handWritten },
  });
});
