import type { ClassifiedType } from './classified-type.js';

const FILE = 'agreements.test.ts';
const AGREEMENT = [FILE, 'shows every member of the alliance the same of an agreement'] as const;
const GROUP = [FILE, 'shows of a group what its keeper, its members and nobody else may see'] as const;
const DISCLOSURE = [FILE, 'shows an urgent disclosure to both sides, and its makers to the owner alone'] as const;
const REFUSAL = [FILE, 'shows refusals to share to their own organisation alone'] as const;
const envelope = { fields: 'envelope', provenBy: AGREEMENT } as const;

/** Agreements, groups, urgent disclosures and refusals, field by field. */
export const AGREEMENT_TYPES: Readonly<Record<string, ClassifiedType>> = {
  SharingAgreement: {
    fields: {
      members:
        'id name version replacesId state classes purpose lawfulBases dpiaReference inForceFrom inForceUntil ' +
        'endedBecause reviewOn members',
    },
    provenBy: AGREEMENT,
  },
  SharingAgreementMember: {
    fields: { members: 'organisation part memberFrom memberUntil acceptedOn acceptedBy endedBecause' },
    provenBy: AGREEMENT,
  },
  BoroughGroup: {
    fields: { group: 'id name hidesMembers retiredAt keeper members', owner: 'version' },
    provenBy: GROUP,
  },
  GroupMember: { fields: { group: 'organisation memberFrom memberUntil' }, provenBy: GROUP },
  UrgentDisclosure: {
    fields: {
      audience:
        'id sharedId fearedHarm reason disclosedOn reviewBy reviewByIsCertain isOverdue outcome outcomeReason recipients',
      'owner-named': 'owner disclosedAt',
      owner: 'disclosedBy reviewedBy version',
    },
    provenBy: DISCLOSURE,
  },
  SharingRefusal: {
    fields: { tenant: 'id askedBy providerId about reason recordedBy recordedAt' },
    provenBy: REFUSAL,
  },
  SharingAgreementPayload: envelope,
  BoroughGroupPayload: envelope,
  UrgentDisclosureConnection: envelope,
  UrgentDisclosureEdge: envelope,
  UrgentDisclosurePayload: envelope,
  SharingRefusalConnection: envelope,
  SharingRefusalEdge: envelope,
  SharingRefusalPayload: envelope,
};
