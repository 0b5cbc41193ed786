import { ReferencesState, ReferenceState } from '@accord/references';
import type { Ground } from '../ground.js';
import { PlacementGroundCode } from '../vocabulary.js';

const WHAT_TO_DO: Partial<Record<ReferencesState, string>> = {
  [ReferencesState.NOT_ASKED]: 'ask for them (askForReferences)',
  [ReferencesState.WAITING]: 'they are asked for, and the deadline is still to come',
  [ReferencesState.SHORT]: 'the deadline is over; ask again',
};

/** From two other authorities that have placed there, where the home has not been used before (BRE 4.3). */
export const references: Ground = ({ references: { state, required, received } }) => {
  const toDo = WHAT_TO_DO[state];
  if (toDo === undefined) return [];
  const answered = received.filter((reference) => reference.state === ReferenceState.ANSWERED);
  const boroughs = new Set(answered.map(({ boroughId }) => boroughId)).size;
  return [
    {
      code: PlacementGroundCode.REFERENCES_SHORT,
      blocks: true,
      message: `Your borough has not used this home before: references ${boroughs} of ${required}; ${toDo}.`,
      source: 'Other boroughs that place there',
      asOf: answered[0]?.answeredOn ?? null,
    },
  ];
};
