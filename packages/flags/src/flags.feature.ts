import { AlertKind, all, type Feature } from '@accord/access';
import { HoldRecord } from './hold.entity.js';
import { HoldResolver, ProviderHoldsResolver } from './hold.resolver.js';
import { FlagAcknowledgement, FlagDetail, FlagRecord } from './flag.entity.js';
import { FlagResolver, ProviderFlagsResolver } from './flag.resolver.js';

export const flagsFeature: Feature = {
  name: 'flags',
  entities: [FlagRecord, FlagDetail, FlagAcknowledgement, HoldRecord],
  resolvers: [FlagResolver, ProviderFlagsResolver, HoldResolver, ProviderHoldsResolver],
  access: {
    actions: {
      'Query.flag': 'flag:read',
      'Provider.flags': 'flag:read',
      'Mutation.raiseFlag': 'flag:raise',
      'Mutation.acknowledgeFlag': 'flag:acknowledge',
      'Mutation.resolveFlag': 'flag:close',
      'Mutation.withdrawFlag': 'flag:close',
      'Mutation.changeFlagSharing': 'flag:close',
      'Query.hold': 'hold:read',
      'Provider.holds': 'hold:read',
      'Mutation.startHold': 'hold:keep',
      'Mutation.reviewHold': 'hold:keep',
      'Mutation.liftHold': 'hold:keep',
      'Mutation.changeHoldSharing': 'hold:keep',
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
      Hold: {
        ...all('existence', 'id', 'scope', 'home', 'provider', 'existenceOnly'),
        ...all('audience', 'kind', 'startsOn', 'reviewOn', 'reason', 'reviewedOn', 'reviewNote', 'liftedOn'),
        ...all('audience', 'liftReason', 'conditions', 'version'),
        ...all('owner-named', 'decidedAt', 'borough'),
        ...all('owner', 'sharing', 'sharingReason'),
      },
      HoldConnection: 'envelope',
      HoldEdge: 'envelope',
      HoldPayload: 'envelope',
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
    placement_hold: {
      gateway: [
        'select',
        'insert',
        { update: ['review_on', 'reviewed_on', 'review_note', 'lifted_on', 'lift_reason', 'version'] },
      ],
      audience: ['id', 'review_on', 'lifted_on'],
    },
    flag_detail: { gateway: ['select', 'insert'] },
    flag_acknowledgement: {
      gateway: ['select', 'insert'],
      worker: ['select'],
      audience: ['flag_id', 'organisation_id'],
    },
  },
  // The provider of a flag or hold stands in its sharing, which moves with packages/access.
  merge: { rows: {}, tells: { FLAG: AlertKind.FLAG_RAISED, HOLD: AlertKind.HOLD_STARTED } },
};
