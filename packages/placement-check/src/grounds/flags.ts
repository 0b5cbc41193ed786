import { inWords } from '@accord/kernel';
import type { Flag } from '@accord/flags';
import type { Facts } from '../facts.js';
import type { Finding, Ground } from '../ground.js';
import { PlacementGroundCode } from '../vocabulary.js';

/** Open flags on the home and on its provider, each as the borough may see it. */
export const flags: Ground = (facts) => facts.flags.map((flag) => findingOf(facts, flag));

function findingOf(facts: Facts, flag: Flag): Finding {
  const owner = facts.nameOf(flag.ownerId);
  const where = flag.homeId === null ? 'on the provider' : 'on this home';
  const severity = flag.severity === null ? '' : `${flag.severity} `;
  return {
    code: PlacementGroundCode.OPEN_FLAG,
    blocks: false,
    message:
      flag.existenceOnly || flag.kind === null
        ? `A ${severity}flag is open ${where}; no more of it is shared with your borough.`
        : `A ${severity}flag is open ${where}: ${inWords(flag.kind)}.`,
    source: owner ?? 'Another organisation',
    asOf: flag.raisedOn,
  };
}
