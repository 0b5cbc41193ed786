import { registerEnumType } from 'type-graphql';

/** What is kept for years and no longer (rules 8). */
export enum RecordKind {
  VISIT = 'VISIT',
  DUE_DILIGENCE_ANSWER = 'DUE_DILIGENCE_ANSWER',
  DUE_DILIGENCE_MARK = 'DUE_DILIGENCE_MARK',
  REFERENCE = 'REFERENCE',
  REFERENCE_REQUEST = 'REFERENCE_REQUEST',
}

registerEnumType(RecordKind, {
  name: 'RecordKind',
  description: 'What is kept for a number of years and no longer.',
  valuesConfig: {
    VISIT: { description: 'A visit with its findings and actions, from the day on which it was made.' },
    DUE_DILIGENCE_ANSWER: {
      description: 'An answer, from the day on which it ceased to hold: lapsed, withdrawn or given anew.',
    },
    DUE_DILIGENCE_MARK: { description: 'That an answer was confirmed or challenged, from the day of it.' },
    REFERENCE: {
      description: 'A reference of the own borough’s, from the day on which it answered or could no longer.',
    },
    REFERENCE_REQUEST: { description: 'A request for references of the own borough’s, from its deadline.' },
  },
});
