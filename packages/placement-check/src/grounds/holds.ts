import { inWords } from '@accord/kernel';
import { HoldScope, type Hold } from '@accord/flags';
import type { Facts } from '../facts.js';
import type { Finding, Ground } from '../ground.js';
import { PlacementGroundCode } from '../vocabulary.js';

/** Only the asking borough's own hold blocks; another's warns (rules 18). */
export const holds: Ground = (facts) => facts.holds.map((hold) => findingOf(facts, hold));

function findingOf(facts: Facts, hold: Hold): Finding {
  const where = hold.scope === HoldScope.HOME ? 'at this home' : 'at all homes of this provider';
  const because = hold.kind === null ? '' : `, because of ${inWords(hold.kind)}`;
  if (hold.ownerId === facts.tenantId) {
    const isInForce = hold.startsOn === null || hold.startsOn <= facts.today;
    return {
      code: isInForce ? PlacementGroundCode.OWN_HOLD : PlacementGroundCode.OWN_HOLD_TO_COME,
      blocks: isInForce,
      message: isInForce
        ? `Your borough has a hold on new placements ${where}${because}; it looks at it again on ${hold.reviewOn}.`
        : `Your borough will have a hold on new placements ${where} from ${hold.startsOn} on${because}.`,
      source: 'Your borough',
      asOf: hold.startsOn,
    };
  }
  const owner = facts.nameOf(hold.ownerId);
  return {
    code: PlacementGroundCode.HOLD_OF_ANOTHER,
    blocks: false,
    message: hold.existenceOnly
      ? `Another organisation has a hold on new placements ${where}; no more of it is shared with your borough.`
      : `${owner ?? 'Another borough'} has a hold on new placements ${where}${because}, from ${hold.startsOn} on.`,
    source: owner ?? 'Another borough',
    asOf: hold.startsOn,
  };
}
