import { registerEnumType } from 'type-graphql';

/** What is kept for years and no longer (rules 8). */
export enum RecordKind {
  VISIT = 'VISIT',
  DUE_DILIGENCE_ANSWER = 'DUE_DILIGENCE_ANSWER',
  DUE_DILIGENCE_MARK = 'DUE_DILIGENCE_MARK',
  REFERENCE = 'REFERENCE',
  REFERENCE_REQUEST = 'REFERENCE_REQUEST',
  ACCREDITATION_DECISION = 'ACCREDITATION_DECISION',
  ACCREDITATION_ASSESSMENT = 'ACCREDITATION_ASSESSMENT',
  PLACEMENT_CHECK = 'PLACEMENT_CHECK',
  PLACEMENT_NOMINATION = 'PLACEMENT_NOMINATION',
  SEALED_COPY = 'SEALED_COPY',
}

registerEnumType(RecordKind, {
  name: 'RecordKind',
  description: 'What is kept for a number of years and no longer. More may come.',
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
    ACCREDITATION_DECISION: {
      description:
        'A decision on accreditation or an interim suspension, with what was proposed, told, replied and appealed, from the day on which it ceased to count: rejected, set aside, lifted or decided anew, and its appeal decided. The one that a provider stands by is not over.',
    },
    ACCREDITATION_ASSESSMENT: {
      description: 'The assessment of a stage, from the day on which the accreditation ended that it was part of.',
    },
    PLACEMENT_CHECK: {
      description:
        'A placement check that was saved, with the sealed copies that it relied on, from the day on which it was made or overridden.',
    },
    PLACEMENT_NOMINATION: { description: 'A nomination to override placement checks, from the day on which it ended.' },
    SEALED_COPY: {
      description: 'A sealed copy of what another decision relied on, from the day on which it did.',
    },
  },
});
