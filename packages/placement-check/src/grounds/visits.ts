import { inWords } from '@accord/kernel';
import { VisitOutcome } from '@accord/monitoring';
import type { Finding, Ground } from '../ground.js';
import { PlacementGroundCode } from '../vocabulary.js';

/** Outcomes that whoever places there has to know. */
const GRAVE: ReadonlySet<VisitOutcome> = new Set([
  VisitOutcome.SIGNIFICANT_CONCERNS,
  VisitOutcome.IMMEDIATE_ACTION,
  VisitOutcome.ACCESS_REFUSED,
]);

/** What visits found, what was agreed after them and is not done, and visits of the own borough that are late. */
export const visits: Ground = ({ visits: seen, nameOf }) => {
  const findings: Finding[] = [];
  const { latest, openActions, overdueActions, actionsDueOn, overdueVisits } = seen;
  if (latest && latest.outcome !== null && GRAVE.has(latest.outcome))
    findings.push({
      code: PlacementGroundCode.VISIT_FOUND_CONCERNS,
      blocks: false,
      message: `The last visit that your borough may see found: ${inWords(latest.outcome)}.`,
      source: nameOf(latest.ownerId) ?? 'Another borough',
      asOf: latest.visitedOn,
    });
  if (openActions > 0)
    findings.push({
      code: PlacementGroundCode.OPEN_ACTIONS,
      blocks: false,
      message: `Agreed after visits and not done: ${openActions}${overdueActions > 0 ? `, of which ${overdueActions} overdue` : ''}.`,
      source: 'Visits that your borough may see',
      asOf: actionsDueOn,
    });
  const [firstDue] = overdueVisits;
  if (firstDue !== undefined)
    findings.push({
      code: PlacementGroundCode.VISIT_OVERDUE,
      blocks: false,
      message: `Your borough's visits to this home are late: ${overdueVisits.length}, the first was due by ${firstDue}.`,
      source: 'Your borough',
      asOf: firstDue,
    });
  return findings;
};
