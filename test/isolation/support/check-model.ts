import { itemsAt } from './answer-model.js';
import { lineOf, ref } from './monitoring-shape.js';
import type { MonitoringWorld } from './monitoring-world.js';
import { standingOf } from './reference-model.js';
import { said } from './said.js';
import { sharingOf } from './monitoring-world.js';
import { holdOf } from './visit-model.js';

/** What a check of the first home rests on, and the checks that a borough saved: no other borough’s. */
export function checkLines(world: MonitoringWorld, tenant: number): string[] {
  const provider = world.homes[0]?.provider ?? 0;
  const holds = world.holds.filter((number) => {
    const sharing = sharingOf(world, number);
    return !sharing.ended && sharing.provider === provider && (sharing.home === null || sharing.home === 0);
  });
  const answers = [null, 0].flatMap((home) => itemsAt(world, { provider, home }, tenant));
  return [
    lineOf('check 0', {
      holds: holds.flatMap((number) => holdOf(world, number, tenant) ?? []),
      answers: answers.filter(({ isMandatory }) => isMandatory).map(({ item }) => item),
      references: standingOf(world, provider, 0, tenant),
    }),
    ...world.checks.flatMap(({ borough, home }, number) => {
      if (borough !== tenant) return [`saved ${number} NOT_FOUND`];
      const saved = { ...ref('check', number), home: ref('home', home), reference: said('check', number) };
      return [lineOf('savedPlacementChecks', saved), lineOf(`saved ${number}`, { saved })];
    }),
  ];
}
