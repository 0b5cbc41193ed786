import type { PlacementType } from '@accord/providers';

/** The most packages that a borough puts out in a month for one placement type. */
export const MOST_SOUGHT = 999;
/** Of a borough for one placement type. Those of every borough and type together are a number that GraphQL can hold. */
export const MOST_SPEND_POUNDS = 999_999;
/** Of one placement in a week: less is no price, as where pounds are given in thousands; more is a year's, or a wrong digit. */
export const LEAST_SPEND_EACH_POUNDS = 1;
export const MOST_SPEND_EACH_POUNDS = 50_000;

/** The searches for one placement type: packages put out, how many of them were matched, what those cost a week. */
export interface ReturnLine {
  readonly placementType: PlacementType;
  readonly sought: number;
  readonly matched: number;
  readonly weeklySpend: number;
}

/** What cannot be right of one line, and where. */
export interface Fault {
  readonly at: number;
  readonly field: keyof ReturnLine;
  readonly reason: string;
}

/** All that cannot be right of a month's lines, in their order. */
export function faultsOf(lines: readonly ReturnLine[]): Fault[] {
  const first = new Map<PlacementType, number>();
  return lines.flatMap((line, at) => {
    const isTwice = first.has(line.placementType);
    if (!isTwice) first.set(line.placementType, at);
    const fault = isTwice ? twice : faultOf(line);
    return fault ? [{ at, ...fault }] : [];
  });
}

type Found = Omit<Fault, 'at'>;

const twice: Found = { field: 'placementType', reason: 'is there twice: give one line for each placement type.' };

function faultOf({ sought, matched, weeklySpend }: ReturnLine): Found | null {
  const fault = (field: keyof ReturnLine, reason: string): Found => ({ field, reason });
  if (sought < 0) return fault('sought', 'cannot be below zero.');
  if (sought > MOST_SOUGHT) return fault('sought', `is more than ${MOST_SOUGHT}.`);
  if (matched < 0) return fault('matched', 'cannot be below zero.');
  if (matched > sought) return fault('matched', 'is more than was sought: it is how many of those were matched.');
  if (weeklySpend < 0) return fault('weeklySpend', 'cannot be below zero.');
  if (weeklySpend === 0) return null;
  if (matched === 0) return fault('weeklySpend', 'is spent on nothing: none were matched.');
  if (weeklySpend < matched * LEAST_SPEND_EACH_POUNDS)
    return fault('weeklySpend', 'is less than a pound for each that was matched: give pounds, and not thousands.');
  if (weeklySpend > matched * MOST_SPEND_EACH_POUNDS)
    return fault(
      'weeklySpend',
      `is more than ${MOST_SPEND_EACH_POUNDS} pounds for each that was matched: give what they cost in a week.`,
    );
  return weeklySpend > MOST_SPEND_POUNDS ? fault('weeklySpend', `is more than ${MOST_SPEND_POUNDS}.`) : null;
}
