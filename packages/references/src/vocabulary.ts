import { registerEnumType } from 'type-graphql';

/** Where one borough's reference stands. */
export enum ReferenceState {
  ASKED = 'ASKED',
  ANSWERED = 'ANSWERED',
  DECLINED = 'DECLINED',
  LAPSED = 'LAPSED',
}

/** How far a borough has come with references on a home. */
export enum ReferencesState {
  NOT_NEEDED = 'NOT_NEEDED',
  NOT_ASKED = 'NOT_ASKED',
  WAITING = 'WAITING',
  SHORT = 'SHORT',
  COMPLETE = 'COMPLETE',
}

registerEnumType(ReferenceState, {
  name: 'ReferenceState',
  description: 'Where the reference of one borough stands.',
  valuesConfig: {
    ASKED: { description: 'It is asked and has not answered; only that borough sees this.' },
    ANSWERED: { description: 'It has answered.' },
    DECLINED: { description: 'It has said that it gives none, and why.' },
    LAPSED: { description: 'It let the deadline pass; only that borough sees this.' },
  },
});

registerEnumType(ReferencesState, {
  name: 'ReferencesState',
  description: 'How far a borough has come with references.',
  valuesConfig: {
    NOT_NEEDED: { description: 'The borough has used the home before.' },
    NOT_ASKED: { description: 'It has too few, and has not asked.' },
    WAITING: { description: 'It has asked, and too few have answered yet.' },
    SHORT: { description: 'The deadline is over, and too few have answered.' },
    COMPLETE: { description: 'Enough have answered.' },
  },
});

/** References that are needed unless a borough settled otherwise: two, from other authorities (BRE 4.3). */
export const REQUIRED_BY_DEFAULT = 2;

/** How long an answer counts, in calendar days (a setting of the house). */
export const ANSWER_COUNTS_DAYS = 365;
