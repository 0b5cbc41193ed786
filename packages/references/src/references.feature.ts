import { all, type Feature } from '@accord/access';
import { BoroughReference, ReferenceRequestRecord, ReferenceSettingRecord } from './reference.entity.js';
import { ProviderReferencesResolver, ReferenceRequestResolver, ReferenceResolver } from './reference.resolver.js';

const WITH_HOME = [{ column: 'home_id', table: 'home' }] as const;

export const referencesFeature: Feature = {
  name: 'references',
  entities: [ReferenceRequestRecord, BoroughReference, ReferenceSettingRecord],
  resolvers: [ReferenceRequestResolver, ReferenceResolver, ProviderReferencesResolver],
  access: {
    actions: {
      'Query.referenceRequests': 'reference:read',
      'Query.referenceRequest': 'reference:read',
      'Query.referenceSetting': 'reference:read',
      'Provider.references': 'reference:read',
      'Mutation.askForReferences': 'reference:ask',
      'Mutation.answerReference': 'reference:answer',
      'Mutation.declineReference': 'reference:answer',
      'Mutation.shareReference': 'reference:answer',
      'Mutation.settleReferences': 'reference:settle',
    },
    types: {
      ReferenceRequest: {
        ...all('asked', 'id', 'provider', 'home', 'borough', 'purpose', 'questions', 'askedAt', 'requestedBy'),
        ...all('asked', 'dueOn', 'isDueCertain', 'received'),
        ...all('owner', 'state', 'required'),
      },
      Reference: {
        ...all('reference', 'id', 'provider', 'home', 'borough', 'state', 'answers', 'answeredOn'),
        ...all('parties', 'requestedBy', 'youngPeople', 'usedSince', 'declineReason', 'answeredBy'),
        ...all('owner', 'sharedWithAlliance', 'version'),
      },
      ReferenceAnswer: all('reference', 'question', 'answer'),
      ReferenceSetting: all('tenant', 'isAsked', 'required'),
      ReferenceConnection: 'envelope',
      ReferenceEdge: 'envelope',
      ReferenceRequestConnection: 'envelope',
      ReferenceRequestEdge: 'envelope',
      ReferenceRequestPayload: 'envelope',
      ReferencePayload: 'envelope',
      ReferenceSettingPayload: 'envelope',
    },
  },
  grants: {
    reference_request: {
      gateway: ['select', 'insert', 'delete'],
      audience: ['id', 'requester_id', 'provider_id', 'home_id', 'due_on'],
    },
    borough_reference: {
      gateway: [
        'select',
        'insert',
        'delete',
        {
          update: [
            'state',
            'answers',
            'young_people',
            'used_since',
            'decline_reason',
            'answered_by',
            'answered_on',
            'shared_with_alliance',
            'version',
          ],
        },
      ],
    },
    reference_setting: {
      gateway: ['select', 'insert', { update: ['is_asked', 'required'] }],
      audience: ['borough_id', 'is_asked'],
    },
  },
  merge: {
    rows: {
      reference_request: { becomes: 'MOVED', follows: WITH_HOME },
      borough_reference: { becomes: 'MOVED', follows: WITH_HOME },
    },
  },
};
