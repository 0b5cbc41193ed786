import { registerEnumType } from 'type-graphql';

export enum FormKind {
  VISIT = 'VISIT',
  FRAMEWORK = 'FRAMEWORK',
  CARE_EXPERIENCED = 'CARE_EXPERIENCED',
}

export enum AnswerKind {
  TEXT = 'TEXT',
  YES_NO = 'YES_NO',
  NUMBER = 'NUMBER',
  MONEY = 'MONEY',
  DATE = 'DATE',
  CHOICE = 'CHOICE',
  ASSESSMENT = 'ASSESSMENT',
  NONE = 'NONE',
}

/** What the visit says already: such an item is not answered a second time (rules 20). */
export enum FilledFrom {
  PROVIDER = 'PROVIDER',
  HOME = 'HOME',
  REASON = 'REASON',
  VISITED_ON = 'VISITED_ON',
  VISITORS = 'VISITORS',
  REPRESENTATIVES = 'REPRESENTATIVES',
  ACTIONS = 'ACTIONS',
}

/** Why an answer never leaves its borough, whatever is shared. */
export enum StaysBecause {
  CHILD_OR_CARER = 'CHILD_OR_CARER',
  PLACEMENTS = 'PLACEMENTS',
  POLICE = 'POLICE',
  STAFF = 'STAFF',
}

/** How far an expectation is met (Brent's quality assurance framework). */
export enum Assessment {
  MET = 'MET',
  PARTLY_MET = 'PARTLY_MET',
  NOT_MET = 'NOT_MET',
  NOT_SEEN = 'NOT_SEEN',
}

registerEnumType(FormKind, {
  name: 'FormKind',
  description:
    'What a form is for: a visit; the expectations by which every visit is assessed; the words of care-experienced visitors.',
});
registerEnumType(AnswerKind, {
  name: 'AnswerKind',
  description:
    'What an item’s value is. YES_NO: "yes" or "no". NUMBER: a whole number. MONEY: pounds, such as 1250.00. DATE: YYYY-MM-DD. CHOICE: one of its options. ASSESSMENT: a value of Assessment. NONE: it has no value of its own, but dates, evidence, a comment or who checked it.',
});
registerEnumType(FilledFrom, { name: 'FilledFrom', description: 'What of the visit itself answers an item.' });
registerEnumType(StaysBecause, {
  name: 'StaysBecause',
  description:
    'Why an answer never leaves its borough: it holds a child’s or carer’s data, tells of placements and their numbers, comes from the police, or is about members of staff.',
});
registerEnumType(Assessment, { name: 'Assessment', description: 'How far an expectation is met.' });
