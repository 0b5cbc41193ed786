import { AgreementInvitation } from './agreement.entity.js';
import { AgreementMemberResolver, AgreementResolver } from './agreement/agreement.resolver.js';
import { AGREEMENTS_SQL } from './agreements.sql.js';
import { all } from './disclosure.js';
import { DisclosureResolver, RefusalResolver } from './disclosure/disclosure.resolver.js';
import type { Feature } from './feature.js';
import { GroupMemberResolver, GroupResolver } from './group/group.resolver.js';
import { SharingRefusal } from './sharing-refusal.entity.js';
import { RememberedSight, SharingReminder, SightDay } from './sight.entity.js';
import { UrgentDisclosureRecipient, UrgentDisclosureRecord } from './urgent-disclosure.entity.js';

/** Under what is shared, with whom in groups, and what happens where no agreement covers it. */
export const agreementsFeature: Feature = {
  name: 'agreements',
  entities: [
    AgreementInvitation,
    UrgentDisclosureRecord,
    UrgentDisclosureRecipient,
    SharingRefusal,
    SharingReminder,
    RememberedSight,
    SightDay,
  ],
  resolvers: [
    AgreementResolver,
    AgreementMemberResolver,
    GroupResolver,
    GroupMemberResolver,
    DisclosureResolver,
    RefusalResolver,
  ],
  access: {
    actions: {
      'Query.sharingAgreements': 'agreement:read',
      'Mutation.draftSharingAgreement': 'agreement:keep',
      'Mutation.amendSharingAgreement': 'agreement:keep',
      'Mutation.reviewSharingAgreement': 'agreement:keep',
      'Mutation.inviteToSharingAgreement': 'agreement:keep',
      'Mutation.removeFromSharingAgreement': 'agreement:keep',
      'Mutation.endSharingAgreement': 'agreement:keep',
      'Mutation.acceptSharingAgreement': 'agreement:accept',
      'Mutation.leaveSharingAgreement': 'agreement:accept',
      'Query.boroughGroups': 'group:read',
      'Mutation.createBoroughGroup': 'group:keep',
      'Mutation.renameBoroughGroup': 'group:keep',
      'Mutation.addToBoroughGroup': 'group:keep',
      'Mutation.removeFromBoroughGroup': 'group:keep',
      'Mutation.retireBoroughGroup': 'group:keep',
      'Mutation.urgentDisclosure': 'disclosure:make',
      'Query.urgentDisclosures': 'disclosure:review',
      'Mutation.reviewUrgentDisclosure': 'disclosure:review',
      'Mutation.recordSharingRefusal': 'sharing:refuse',
      'Query.sharingRefusals': 'sharing:govern',
    },
    types: {
      SharingAgreement: {
        ...all('members', 'id', 'name', 'version', 'replacesId', 'state', 'classes', 'purpose', 'lawfulBases'),
        ...all('members', 'dpiaReference', 'inForceFrom', 'inForceUntil', 'endedBecause', 'reviewOn', 'members'),
      },
      SharingAgreementMember: {
        ...all('members', 'organisation', 'part', 'memberFrom', 'memberUntil', 'acceptedOn', 'acceptedBy'),
        ...all('members', 'endedBecause'),
      },
      SharingAgreementPayload: 'envelope',
      BoroughGroup: {
        ...all('group', 'id', 'name', 'hidesMembers', 'retiredAt', 'keeper'),
        ...all('group', 'members'),
        ...all('owner', 'version'),
      },
      GroupMember: all('group', 'organisation', 'memberFrom', 'memberUntil'),
      BoroughGroupPayload: 'envelope',
      UrgentDisclosure: {
        ...all('audience', 'id', 'sharedId', 'fearedHarm', 'reason', 'disclosedOn', 'reviewBy', 'reviewByIsCertain'),
        ...all('audience', 'isOverdue', 'outcome', 'outcomeReason', 'recipients'),
        ...all('owner-named', 'owner', 'disclosedAt'),
        ...all('owner', 'disclosedBy', 'reviewedBy', 'version'),
      },
      UrgentDisclosureConnection: 'envelope',
      UrgentDisclosureEdge: 'envelope',
      UrgentDisclosurePayload: 'envelope',
      SharingRefusal: all('tenant', 'id', 'askedBy', 'providerId', 'about', 'reason', 'recordedBy', 'recordedAt'),
      SharingRefusalConnection: 'envelope',
      SharingRefusalEdge: 'envelope',
      SharingRefusalPayload: 'envelope',
    },
  },
  grants: {
    sharing_agreement: {
      gateway: ['select', 'insert', { update: ['in_force_until', 'ended_because', 'review_on'] }],
      worker: ['select'],
      audience: ['id', 'classes', 'in_force_from', 'in_force_until'],
    },
    agreement_invitation: { gateway: ['select', 'insert', { update: ['withdrawn_at'] }] },
    agreement_member: {
      gateway: ['select', 'insert', { update: ['member_until', 'ended_because'] }],
      worker: ['select'],
      audience: ['agreement_id', 'organisation_id', 'member_from', 'member_until'],
    },
    borough_group: {
      gateway: ['select', 'insert', { update: ['name', 'retired_at', 'version'] }],
      worker: ['select'],
      audience: ['id'],
    },
    borough_group_member: {
      gateway: ['select', 'insert', { update: ['member_until'] }],
      worker: ['select'],
      audience: ['group_id', 'organisation_id', 'member_from', 'member_until'],
    },
    urgent_disclosure: {
      gateway: ['select', 'insert', { update: ['outcome', 'outcome_reason', 'reviewed_by', 'reviewed_at', 'version'] }],
      audience: ['id', 'sharing_id', 'owner_id', 'review_by', 'reviewed_at'],
    },
    urgent_disclosure_recipient: {
      gateway: ['select', 'insert', { update: ['ended_at'] }],
      audience: ['disclosure_id', 'sharing_id', 'owner_id', 'organisation_id', 'ended_at'],
    },
    sharing_refusal: { gateway: ['select', 'insert'] },
    sharing_reminder: { gateway: ['select'], worker: ['select', 'insert'] },
    disclosed_to_caller: { gateway: ['select'], worker: ['select'] },
    open_group_of_caller: { gateway: ['select'], worker: ['select'] },
  },
  merge: { rows: { sharing_refusal: { becomes: 'MOVED', counted: 'refusals to share' } } },
  sql: AGREEMENTS_SQL,
};
