import { calendarDaysAfter, endOfDayInLondon } from '@accord/kernel';
import { AccreditationStatus } from '@accord/providers';
import { REPLY_DAYS } from './figures.js';
import { ENDED, leads, waysFrom } from './transition.js';
import { AccreditationStage, ChangeCause, StageOutcome } from './vocabulary.js';

/**
 * What stands in the way of an act, in words, or null. Pure: the services ask these with what they have read
 * under the provider's lock, the clock asks them again, and a property test asks them of random histories.
 */
type Obstacle = string | null;

/** Where a provider stands: its status, the conditions it keeps to, the latest outcome of each stage. */
export interface Standing {
  readonly status: AccreditationStatus | null;
  readonly conditions: readonly string[];
  readonly stages: Readonly<Record<AccreditationStage, StageOutcome>>;
}

const PASSED: ReadonlySet<StageOutcome> = new Set([StageOutcome.PASSED, StageOutcome.PASSED_WITH_CONDITIONS]);

const STAGES = Object.values(AccreditationStage);

export function obstacleToApplying({ status }: Standing): Obstacle {
  if (leads(status, AccreditationStatus.APPLIED, ChangeCause.APPLICATION)) return null;
  return `This provider has an application or an accreditation already: it is ${status}.`;
}

export function obstacleToAssessing(
  { status, stages }: Standing,
  stage: AccreditationStage,
  outcome: StageOutcome,
): Obstacle {
  if (status === null)
    return 'This provider has not applied. Record its application first (recordAccreditationApplication).';
  if ((ENDED as readonly AccreditationStatus[]).includes(status)) {
    return `This accreditation has ended (${status}). A new application begins the stages anew (recordAccreditationApplication).`;
  }
  if (outcome === StageOutcome.NOT_STARTED && stages[stage] === StageOutcome.NOT_STARTED) {
    return `${stage} has not been started: there is nothing to take back.`;
  }
  if (stage !== AccreditationStage.PROPERTY_VISITS || !PASSED.has(outcome)) return null;
  const before = STAGES.filter((earlier) => earlier !== stage && !PASSED.has(stages[earlier]));
  return before.length === 0
    ? null
    : `PROPERTY_VISITS cannot pass before the other stages: still to pass are ${before.join(' and ')}.`;
}

/** Of a decision, when it is proposed, when it is approved, and when it takes effect. */
export function obstacleToDeciding({ status, stages }: Standing, to: AccreditationStatus): Obstacle {
  if (!leads(status, to, ChangeCause.DECISION)) {
    const ways = waysFrom(status, ChangeCause.DECISION);
    const instead = ways.length === 0 ? 'Nothing can be decided now' : `It can become ${ways.join(', ')}`;
    return `A decision cannot lead from ${status ?? 'no application'} to ${to}. ${instead}.`;
  }
  const { ACCREDITED, ACCREDITED_WITH_CONDITIONS } = AccreditationStatus;
  if (to !== ACCREDITED && to !== ACCREDITED_WITH_CONDITIONS) return null;
  const open = STAGES.filter((stage) => !PASSED.has(stages[stage]));
  if (open.length > 0) return `Every stage has to pass first; still to pass: ${open.join(', ')}.`;
  const conditional = STAGES.filter((stage) => stages[stage] === StageOutcome.PASSED_WITH_CONDITIONS);
  if (to === ACCREDITED && conditional.length > 0) {
    return `${conditional.join(', ')} passed with conditions: decide ACCREDITED_WITH_CONDITIONS, or assess the stage again once they are met.`;
  }
  return null;
}

/** What the provider was told of an adverse proposal, and whether it has said all that it wants to say. */
export interface Hearing {
  /** YYYY-MM-DD; null while it has not been told. */
  readonly toldOn: string | null;
  readonly replyIsComplete: boolean;
}

/** The last minute in which a provider may reply. */
export const replyDue = (toldOn: string): Date => endOfDayInLondon(calendarDaysAfter(toldOn, REPLY_DAYS));

/** Of an adverse decision, before it may be approved. While telling is put off, the decision waits too. */
export function obstacleOfHearing({ toldOn, replyIsComplete }: Hearing, now: Date): Obstacle {
  if (toldOn === null) {
    return 'This leaves the provider worse off: tell it the gist and give it 14 days to reply first (tellProvider). An interim suspension protects meanwhile.';
  }
  if (replyIsComplete || now > replyDue(toldOn)) return null;
  return `The provider was told on ${toldOn} and may reply until 23:59 on ${calendarDaysAfter(toldOn, REPLY_DAYS)}, or until it says that it has nothing to add.`;
}

/** Four eyes: nobody decides what they proposed themselves, nor an appeal against what they proposed or decided. */
export function obstacleOfFourEyes(deciderId: string, involvedIds: readonly (string | null)[]): Obstacle {
  return involvedIds.includes(deciderId)
    ? 'Somebody else has to decide this: you proposed or decided it yourself.'
    : null;
}

export function obstacleToInterimSuspension({ status }: Standing): Obstacle {
  if (leads(status, AccreditationStatus.INTERIM_SUSPENDED, ChangeCause.INTERIM_SUSPENSION)) return null;
  return `There is no accreditation in force to suspend: the provider is ${status ?? 'not an applicant'}.`;
}
