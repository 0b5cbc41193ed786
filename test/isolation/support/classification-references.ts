import type { ClassifiedType } from './classified-type.js';

const REFERENCE = [
  'reference.test.ts',
  'shows each tenant just its part of a request, and of the references in it',
] as const;
const WALK = ['walk.test.ts', 'has a case for every operation and guarded field, and no other'] as const;
const envelope = { fields: 'envelope', provenBy: WALK } as const;

/** Holds on new placements, and references. */
export const HOLD_AND_REFERENCE_TYPES: Readonly<Record<string, ClassifiedType>> = {
  Hold: {
    fields: {
      existence: 'id scope existenceOnly provider home',
      audience: 'kind startsOn reviewOn reason reviewedOn reviewNote liftedOn liftReason conditions version',
      'owner-named': 'decidedAt borough',
      owner: 'sharing sharingReason',
    },
    provenBy: ['hold.test.ts', 'shows each tenant just the fields of its standing, and lists it for them alone'],
  },
  ReferenceRequest: {
    fields: {
      asked: 'id provider home borough purpose questions askedAt requestedBy dueOn isDueCertain received',
      owner: 'state required',
    },
    provenBy: REFERENCE,
  },
  Reference: {
    fields: {
      reference: 'id provider home borough state answers answeredOn',
      parties: 'requestedBy youngPeople usedSince declineReason answeredBy',
      owner: 'sharedWithAlliance version',
    },
    provenBy: REFERENCE,
  },
  ReferenceAnswer: { fields: { reference: 'question answer' }, provenBy: REFERENCE },
  ReferenceSetting: {
    fields: { tenant: 'isAsked required' },
    provenBy: ['reference.test.ts', 'keeps what a borough settled to itself, and asks nobody who keeps out'],
  },
  HoldConnection: envelope,
  HoldEdge: envelope,
  HoldPayload: envelope,
  ReferenceConnection: envelope,
  ReferenceEdge: envelope,
  ReferencePayload: envelope,
  ReferenceRequestConnection: envelope,
  ReferenceRequestEdge: envelope,
  ReferenceRequestPayload: envelope,
  ReferenceSettingPayload: envelope,
};
