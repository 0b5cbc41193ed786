import { inWords } from '@accord/kernel';
import { AccreditationStatus } from '@accord/providers';
import type { Ground } from '../ground.js';
import { PlacementGroundCode } from '../vocabulary.js';

/** The alliance's lateness lapses nobody (rules 16): an overdue review is accreditation still. */
const ACCREDITED: ReadonlySet<AccreditationStatus> = new Set([
  AccreditationStatus.ACCREDITED,
  AccreditationStatus.ACCREDITED_WITH_CONDITIONS,
  AccreditationStatus.REVIEW_OVERDUE,
]);

const SOURCE = 'The alliance';

/** Where the provider stands with the alliance. It warns: a placement is the borough's own decision. */
export const accreditation: Ground = ({ accreditation: standing }) => {
  if (standing === null || !ACCREDITED.has(standing.status)) {
    const status = standing && inWords(standing.status);
    const message =
      status === undefined ? 'The alliance has not accredited the provider.' : `Accreditation: ${status}.`;
    const asOf = standing?.effectiveFrom ?? null;
    return [{ code: PlacementGroundCode.NOT_ACCREDITED, blocks: false, message, source: SOURCE, asOf }];
  }
  if (standing.conditions.length === 0) return [];
  return [
    {
      code: PlacementGroundCode.ACCREDITED_WITH_CONDITIONS,
      blocks: false,
      message: `Accredited with conditions: ${standing.conditions.join('; ')}.`,
      source: SOURCE,
      asOf: standing.effectiveFrom,
    },
  ];
};
