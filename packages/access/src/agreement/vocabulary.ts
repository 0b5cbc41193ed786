import { registerEnumType } from 'type-graphql';
import type { SharingClass } from '../agreement.entity.js';

/** `SharingClass` as clients write it. */
export const SharingClassName: { readonly [K in SharingClass]: K } = {
  FLAG: 'FLAG',
  HOLD: 'HOLD',
  VISIT: 'VISIT',
  DUE_DILIGENCE: 'DUE_DILIGENCE',
  INTELLIGENCE: 'INTELLIGENCE',
};

/** On what an agreement rests in law (rules 2). Consent is none of them. */
export enum LawfulBasis {
  PUBLIC_TASK = 'PUBLIC_TASK',
  SAFEGUARDING_SPECIAL_CATEGORY = 'SAFEGUARDING_SPECIAL_CATEGORY',
  SAFEGUARDING_CRIMINAL_OFFENCE = 'SAFEGUARDING_CRIMINAL_OFFENCE',
}

export enum SharingAgreementState {
  COMING = 'COMING',
  IN_FORCE = 'IN_FORCE',
  OVER = 'OVER',
}

export enum AgreementPart {
  INVITED = 'INVITED',
  ACCEPTED = 'ACCEPTED',
  LEFT = 'LEFT',
}

export enum UrgentDisclosureOutcome {
  STANDS = 'STANDS',
  ENDED = 'ENDED',
}

registerEnumType(SharingClassName, {
  name: 'SharingClass',
  description: 'What can be shared under an agreement.',
});
registerEnumType(LawfulBasis, {
  name: 'LawfulBasis',
  description: 'On what sharing rests in law. Consent is none of them.',
  valuesConfig: {
    PUBLIC_TASK: {
      description: 'UK GDPR Article 6(1)(e): a task in the public interest. Every agreement rests on it.',
    },
    SAFEGUARDING_SPECIAL_CATEGORY: {
      description:
        'For special category data: UK GDPR Article 9(2)(g) with the Data Protection Act 2018, Schedule 1, paragraph 18.',
    },
    SAFEGUARDING_CRIMINAL_OFFENCE: {
      description:
        'For criminal offence data: UK GDPR Article 10 with the Data Protection Act 2018, Schedule 1, paragraph 18.',
    },
  },
});
registerEnumType(SharingAgreementState, {
  name: 'SharingAgreementState',
  description: 'Where a version of an agreement stands today.',
  valuesConfig: {
    COMING: { description: 'It can be accepted, and takes effect on its day.' },
    IN_FORCE: { description: 'It covers what its members share.' },
    OVER: { description: 'It ran out, was ended, or a later version took over.' },
  },
});
registerEnumType(AgreementPart, {
  name: 'AgreementPart',
  description: 'How an organisation stands to a version of an agreement.',
  valuesConfig: {
    INVITED: { description: 'Asked, and not a member: nothing is shared with it under this version.' },
    ACCEPTED: { description: 'A member for the days given.' },
    LEFT: { description: 'It was a member: it left, was removed, or its days are over.' },
  },
});
registerEnumType(UrgentDisclosureOutcome, {
  name: 'UrgentDisclosureOutcome',
  description: 'What the review of an urgent disclosure came to.',
  valuesConfig: {
    STANDS: { description: 'It was right, and goes on.' },
    ENDED: { description: 'Those it was disclosed to no longer see it, from now on.' },
  },
});
