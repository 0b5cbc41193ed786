import { AlertKind, type Feature } from '@accord/access';
import { FlagAcknowledgement, FlagDetail, FlagRecord } from './flag.entity.js';
import { FlagResolver, ProviderFlagsResolver } from './flag.resolver.js';

export const flagsFeature: Feature = {
  name: 'flags',
  entities: [FlagRecord, FlagDetail, FlagAcknowledgement],
  resolvers: [FlagResolver, ProviderFlagsResolver],
  access: {
    actions: {
      'Query.flag': 'flag:read',
      'Provider.flags': 'flag:read',
      'Mutation.raiseFlag': 'flag:raise',
      'Mutation.acknowledgeFlag': 'flag:acknowledge',
      'Mutation.resolveFlag': 'flag:close',
      'Mutation.withdrawFlag': 'flag:close',
      'Mutation.changeFlagSharing': 'flag:close',
    },
    types: {
      Flag: {
        id: 'existence',
        severity: 'existence',
        home: 'existence',
        provider: 'existence',
        existenceOnly: 'existence',
        kind: 'audience',
        status: 'audience',
        summary: 'audience',
        outcomeReason: 'audience',
        conditions: 'audience',
        version: 'audience',
        raisedOn: 'audience',
        raisedAt: 'owner-named',
        raisedBy: 'owner-named',
        detail: 'owner',
        sharing: 'owner',
        sharingReason: 'owner',
        acknowledgements: 'tenant',
      },
      FlagConnection: 'envelope',
      FlagEdge: 'envelope',
      FlagPayload: 'envelope',
      Acknowledgement: { organisation: 'tenant', acknowledgedBy: 'tenant', acknowledgedAt: 'tenant' },
    },
  },
  grants: {
    flag: {
      gateway: ['select', 'insert', { update: ['outcome', 'outcome_reason', 'version'] }],
      worker: ['select', 'insert', { update: ['outcome', 'outcome_reason', 'version'] }],
    },
    flag_detail: { gateway: ['select', 'insert'] },
    flag_acknowledgement: {
      gateway: ['select', 'insert'],
      worker: ['select'],
      audience: ['flag_id', 'organisation_id'],
    },
  },
  // A flag's provider stands in its sharing, which moves with packages/access.
  merge: { rows: {}, tells: { FLAG: AlertKind.FLAG_RAISED } },
};
