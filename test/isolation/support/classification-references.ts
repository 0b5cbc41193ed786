import type { ClassifiedType } from './classified-type.js';

const REFERENCE = [
  'reference.test.ts',
  'shows each tenant just its part of a request, and of the references in it',
] as const;
const WALK = ['walk.test.ts', 'has a case for every operation and guarded field, and no other'] as const;
const envelope = { fields: 'envelope', provenBy: WALK } as const;

const CHECK = [
  'placement-check.test.ts',
  'shows each borough what it may see of flags, holds and intelligence, and nothing besides',
] as const;
const SAVED = ['placement-check.test.ts', 'is its borough’s alone, in the list and in the database'] as const;

/** Holds on new placements, references, and the check that both are for. */
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
  PlacementCheck: {
    fields: {
      tenant: 'ageBand placementType emergency checkedOn noKnownBlocks blocks warnings answers references',
      members: 'home accreditation registrations',
      existence: 'flags holds',
    },
    provenBy: CHECK,
  },
  PlacementGround: { fields: { tenant: 'code message source asOf isAbsolute' }, provenBy: CHECK },
  References: { fields: { tenant: 'state required', reference: 'received' }, provenBy: CHECK },
  SavedPlacementCheck: {
    fields: {
      tenant:
        'id home provider ageBand placementType emergency reference checkedBy checkedAt noKnownBlocks isComplete grounds seen override',
    },
    provenBy: SAVED,
  },
  SavedPlacementGround: { fields: { tenant: 'code blocks isAbsolute asOf' }, provenBy: SAVED },
  SeenByPlacementCheck: { fields: { tenant: 'kind id version hash' }, provenBy: SAVED },
  PlacementOverride: { fields: { tenant: 'by at reason' }, provenBy: SAVED },
  PlacementCheckSince: { fields: { tenant: 'saved now changed' }, provenBy: SAVED },
  PlacementNomination: { fields: { tenant: 'officer nominatedBy nominatedOn' }, provenBy: SAVED },
  SavedPlacementCheckConnection: envelope,
  SavedPlacementCheckEdge: envelope,
  SavedPlacementCheckPayload: envelope,
  PlacementNominationPayload: envelope,
};
