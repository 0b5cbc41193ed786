import type { Ground } from '../ground.js';
import { PlacementGroundCode } from '../vocabulary.js';

/**
 * Soft intelligence alone never blocks: it prompts an enquiry, and says on how many sources it rests (rules 15). No word
 * of it stands here: its text is opened with a purpose, under a log.
 */
export const intelligence: Ground = ({ intelligence: { items, sources, fromOneSource, latestOn } }) => {
  if (items.length === 0) return [];
  const count = items.length === 1 ? 'One item' : `${items.length} items`;
  const rest = sources === 1 ? 'a single source' : `${sources} sources`;
  const single =
    sources === 1 || fromOneSource === 0
      ? ''
      : `; ${fromOneSource === 1 ? 'one of them rests' : `${fromOneSource} of them rest`} on one source alone`;
  return [
    {
      code: PlacementGroundCode.SOFT_INTELLIGENCE,
      blocks: false,
      message: `${count} of soft intelligence, from ${rest}${single}. It is unproven: make your own enquiry.`,
      source: 'Soft intelligence that your borough may see',
      asOf: latestOn,
    },
  ];
};
