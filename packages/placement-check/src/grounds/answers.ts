import { AnswerState, type DueDiligenceItem } from '@accord/due-diligence';
import type { Finding, Ground } from '../ground.js';
import { PlacementGroundCode } from '../vocabulary.js';

/** Mandatory answers of the alliance's due-diligence questions: what is missing or has lapsed blocks (BRE 4.3). */
export const answers: Ground = ({ answers: items }) => items.flatMap((item) => findingsOf(item));

function findingsOf({ question, state, answeredOn, validUntil }: DueDiligenceItem): Finding[] {
  const words = WORDS[state];
  if (words === null) return [];
  const { code, blocks, says } = words;
  const message = `“${question.text}”: ${says(validUntil ?? '')}.`;
  return [{ code, blocks, message, source: 'Due diligence', asOf: validUntil ?? answeredOn }];
}

interface Words {
  readonly code: PlacementGroundCode;
  readonly blocks: boolean;
  readonly says: (validUntil: string) => string;
}

const WORDS: Record<AnswerState, Words | null> = {
  [AnswerState.CURRENT]: null,
  [AnswerState.MISSING]: {
    code: PlacementGroundCode.ANSWER_MISSING,
    blocks: true,
    says: () => 'nobody whose answers your borough may see has answered; ask the provider',
  },
  [AnswerState.EXPIRED]: {
    code: PlacementGroundCode.ANSWER_EXPIRED,
    blocks: true,
    says: (day) => `lapsed after ${day}`,
  },
  [AnswerState.EXPIRING]: {
    code: PlacementGroundCode.ANSWER_EXPIRING,
    blocks: false,
    says: (day) => `holds until ${day} and no longer`,
  },
  [AnswerState.CHALLENGED]: {
    code: PlacementGroundCode.ANSWER_CHALLENGED,
    blocks: false,
    says: () => 'somebody says otherwise, and no evidence has been seen since',
  },
};
