import type { Ground } from '../ground.js';
import { accreditation } from './accreditation.js';
import { answers } from './answers.js';
import { flags } from './flags.js';
import { holds } from './holds.js';
import { intelligence } from './intelligence.js';
import { references } from './references.js';
import { regulator } from './regulator.js';
import { suitability } from './suitability.js';
import { visits } from './visits.js';

/** Everything that a placement check looks at, in the order in which it answers. Another source is another line here. */
export const GROUNDS: readonly Ground[] = [
  suitability,
  holds,
  answers,
  references,
  regulator,
  accreditation,
  flags,
  visits,
  intelligence,
];
