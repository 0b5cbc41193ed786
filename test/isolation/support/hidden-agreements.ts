import { newDisclosure, newGroup } from './agreement-operation.js';
import { hiddenGroup, PUBLIC, type Hidden } from './hidden.js';

/** A list with a cursor: how to ask for a page, and how to ask for the same list otherwise. */
export interface List {
  readonly who: string;
  /** Somebody of another organisation; null where no other has such a list. */
  readonly other: string | null;
  readonly page: (after: string) => string;
  readonly otherwise: (after: string) => string;
  /** What `other` is answered whatever the cursor. */
  readonly closed?: string;
}

/** Groups that Brent keeps: one in which nobody of theirs is, one that they belong to and may not change. */
const keptGroup: Hidden = {
  who: 'barnet INFORMATION_GOVERNANCE',
  at: 'input.groupId',
  ids: async (scene) => [await hiddenGroup(scene), await newGroup(scene)],
};

const hiddenFlag: Hidden = {
  who: 'ealing QUALITY',
  at: 'input.sharedId',
  ids: async (scene) => [await scene.flag({ level: 'OWN_BOROUGH' }), await scene.flag({ outcome: 'RESOLVED' })],
};

/** Every place where an id of agreements, groups, disclosures and refusals can stand. */
export const AGREEMENT_IDS: Readonly<Record<string, Hidden | typeof PUBLIC>> = {
  'Mutation.acceptSharingAgreement(input.agreementId)': PUBLIC,
  'Mutation.addToBoroughGroup(input.groupId)': keptGroup,
  'Mutation.addToBoroughGroup(input.members.organisationId)': PUBLIC,
  'Mutation.amendSharingAgreement(input.agreementId)': PUBLIC,
  'Mutation.createBoroughGroup(input.members.organisationId)': PUBLIC,
  'Mutation.draftSharingAgreement(input.members.organisationId)': PUBLIC,
  'Mutation.endSharingAgreement(input.agreementId)': PUBLIC,
  'Mutation.inviteToSharingAgreement(input.agreementId)': PUBLIC,
  'Mutation.inviteToSharingAgreement(input.members.organisationId)': PUBLIC,
  'Mutation.leaveSharingAgreement(input.agreementId)': PUBLIC,
  'Mutation.recordSharingRefusal(input.providerId)': PUBLIC,
  'Mutation.removeFromBoroughGroup(input.groupId)': keptGroup,
  'Mutation.removeFromBoroughGroup(input.organisationId)': PUBLIC,
  'Mutation.removeFromSharingAgreement(input.agreementId)': PUBLIC,
  'Mutation.removeFromSharingAgreement(input.organisationId)': PUBLIC,
  'Mutation.renameBoroughGroup(input.groupId)': keptGroup,
  'Mutation.retireBoroughGroup(input.groupId)': keptGroup,
  'Mutation.reviewSharingAgreement(input.agreementId)': PUBLIC,
  'Mutation.reviewUrgentDisclosure(input.disclosureId)': {
    who: 'camden INFORMATION_GOVERNANCE',
    at: 'input.disclosureId',
    ids: async (scene) => [await newDisclosure(scene), await newDisclosure(scene, true)],
  },
  'Mutation.urgentDisclosure(input.boroughIds)': PUBLIC,
  'Mutation.urgentDisclosure(input.sharedId)': hiddenFlag,
};

export const AGREEMENT_LISTS: Readonly<Record<string, List>> = {
  'Query.sharingRefusals(after)': {
    who: 'brent-ig',
    other: 'barnet INFORMATION_GOVERNANCE',
    page: (after) => `{ page: sharingRefusals(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: urgentDisclosures(first: 1${after}) { pageInfo { endCursor } } }`,
  },
  'Query.urgentDisclosures(after)': {
    who: 'brent-ig',
    other: 'ealing INFORMATION_GOVERNANCE',
    page: (after) => `{ page: urgentDisclosures(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) =>
      `{ page: urgentDisclosures(first: 1${after}, awaitingReview: true) { pageInfo { endCursor } } }`,
  },
};
