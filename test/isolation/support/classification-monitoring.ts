import type { ClassifiedType } from './classified-type.js';

const VISIT = ['visit.test.ts', 'shows each tenant just the fields of its standing'] as const;
const PART = ['visit.test.ts', 'shows a care-experienced visitor’s words, and their name where they agreed'] as const;
const MINE = [
  'visit.test.ts',
  'shows a care-experienced visitor their own part, and nothing else of the visit',
] as const;
const PHOTO = [
  'visitor-photo.test.ts',
  'is shown as their part is: to the borough, and to others where they agreed to this one',
] as const;
const FETCHED = [
  'visitor-photo.test.ts',
  'is kept without its name and what the phone wrote into it, and fetched once, under its owner’s log',
] as const;
const FORM = ['visit.test.ts', 'shows every member of the alliance the same forms'] as const;
const OFFLINE = ['visit-offline.test.ts', 'is its own borough’s alone to send back'] as const;
const WALK = ['walk.test.ts', 'has a case for every operation and guarded field, and no other'] as const;

const envelope = { fields: 'envelope', provenBy: WALK } as const;

export const MONITORING_TYPES: Readonly<Record<string, ClassifiedType>> = {
  FormTemplate: { fields: { members: 'id code version kind title source publishedOn items' }, provenBy: FORM },
  FormItem: {
    fields: {
      members:
        'code section label guidance kind options dateLabels looksAhead takesEvidence takesComment takesCheckedBy repeats filledFrom staysBecause',
    },
    provenBy: FORM,
  },
  FormPayload: envelope,
  Visit: {
    fields: {
      audience:
        'id provider home form framework visitedOn state version reason reasonOther mode unannounced madeAs providerRepresentatives outcome withdrawalReason answers expectations visitorParts findings actions',
      'owner-named': 'borough visitors',
      owner: 'sharing',
    },
    provenBy: VISIT,
  },
  VisitConnection: envelope,
  VisitEdge: envelope,
  VisitPayload: envelope,
  VisitSharing: { fields: { owner: 'level reason conditions anonymous' }, provenBy: VISIT },
  VisitAnswer: {
    fields: {
      audience: 'code section label entry value dates evidence comment staysBecause',
      'owner-named': 'checkedBy',
    },
    provenBy: VISIT,
  },
  ExpectationAssessed: {
    fields: { audience: 'code theme expectation assessment evidence comment' },
    provenBy: VISIT,
  },
  Visitor: { fields: { 'owner-named': 'name isCareExperienced' }, provenBy: VISIT },
  VisitorWords: { fields: { audience: 'code theme question words' }, provenBy: PART },
  VisitorPart: { fields: { audience: 'visitId words submittedOn', agreed: 'by photos' }, provenBy: PART },
  VisitorPhoto: { fields: { agreed: 'id mediaType bytes scan addedOn shownToOthers' }, provenBy: PHOTO },
  OpenedVisitorPhoto: { fields: { agreed: 'photo', caller: 'url expiresAt' }, provenBy: FETCHED },
  VisitNotice: {
    fields: { audience: 'id visitedOn outcome' },
    provenBy: ['visit-told.test.ts', 'tells each tenant just what its standing allows'],
  },
  MyVisit: { fields: { caller: 'visitId visitedOn place words photos showsName submittedOn version' }, provenBy: MINE },
  VisitorPartPayload: envelope,
  PossibleVisitor: {
    fields: { tenant: 'id displayName isCareExperienced' },
    provenBy: ['visit.test.ts', 'names possible visitors to their own organisation alone'],
  },
  Finding: {
    fields: {
      published: 'id severity summary itemCodes state version replyAskedOn replyDueOn reply repliedOn publishedOn',
      owner: 'writtenBy publishedBy',
    },
    provenBy: VISIT,
  },
  FindingPayload: envelope,
  VisitAction: {
    fields: {
      audience: 'id visitId what responsible dueOn doneOn verifiedOn state version',
      published: 'findingId',
      owner: 'verifiedBy',
    },
    provenBy: VISIT,
  },
  VisitActionPayload: envelope,
  VisitImportPayload: envelope,
  AnswerConflict: { fields: { owner: 'code entry label offline kept' }, provenBy: OFFLINE },
  AnswerSaid: { fields: { owner: 'value dates evidence comment checkedBy' }, provenBy: OFFLINE },
};
