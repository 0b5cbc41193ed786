import { all, type Feature } from '@accord/access';
import { PlacementCheckResolver, SavedPlacementCheckResolver } from './check.resolver.js';
import { PlacementCheckRecord, PlacementNominationRecord } from './saved-check.entity.js';

export const placementCheckFeature: Feature = {
  name: 'placement-check',
  entities: [PlacementCheckRecord, PlacementNominationRecord],
  resolvers: [PlacementCheckResolver, SavedPlacementCheckResolver],
  access: {
    actions: {
      'Query.placementCheck': 'placement:check',
      'Query.savedPlacementChecks': 'placement:read',
      'Query.savedPlacementCheck': 'placement:check',
      'Query.placementCheckPack': 'placement:check',
      'Query.placementNominations': 'placement:read',
      'Mutation.savePlacementCheck': 'placement:check',
      'Mutation.overridePlacementCheck': 'placement:override',
      'Mutation.nominatePlacementOfficer': 'placement:nominate',
      'Mutation.endPlacementNomination': 'placement:nominate',
    },
    types: {
      // What it holds follows its own rule; what it says itself is made of that and for the caller's borough.
      PlacementCheck: {
        ...all('tenant', 'ageBand', 'placementType', 'emergency', 'checkedOn', 'noKnownBlocks', 'blocks', 'warnings'),
        ...all('tenant', 'answers', 'references'),
        ...all('members', 'home', 'accreditation', 'registrations'),
        ...all('existence', 'flags', 'holds'),
      },
      PlacementGround: all('tenant', 'code', 'message', 'source', 'asOf', 'isAbsolute'),
      References: { ...all('tenant', 'state', 'required'), ...all('reference', 'received') },
      SavedPlacementCheck: all(
        'tenant',
        'id',
        'home',
        'provider',
        'ageBand',
        'placementType',
        'emergency',
        'reference',
        'checkedBy',
        'checkedAt',
        'noKnownBlocks',
        'isComplete',
        'grounds',
        'seen',
        'override',
      ),
      SavedPlacementGround: all('tenant', 'code', 'blocks', 'isAbsolute', 'asOf'),
      SeenByPlacementCheck: all('tenant', 'kind', 'id', 'version', 'hash'),
      PlacementOverride: all('tenant', 'by', 'at', 'reason'),
      PlacementCheckSince: all('tenant', 'saved', 'now', 'changed'),
      PlacementNomination: all('tenant', 'officer', 'nominatedBy', 'nominatedOn'),
      SavedPlacementCheckConnection: 'envelope',
      SavedPlacementCheckEdge: 'envelope',
      SavedPlacementCheckPayload: 'envelope',
      PlacementNominationPayload: 'envelope',
    },
  },
  grants: {
    placement_check: {
      gateway: [
        'select',
        'insert',
        'delete',
        { update: ['grounds', 'seen', 'override_reason', 'overridden_by', 'overridden_at'] },
      ],
      // Whom a home concerns is asked by the worker, too, in the name of one tenant.
      worker: [{ select: ['tenant_id', 'provider_id', 'home_id', 'checked_on'] }],
      audience: ['tenant_id', 'provider_id', 'home_id', 'checked_on'],
    },
    placement_nomination: {
      gateway: ['select', 'insert', 'delete', { update: ['ended_on'] }],
    },
  },
  merge: {
    rows: { placement_check: { becomes: 'MOVED', follows: [{ column: 'home_id', table: 'home' }] } },
  },
};
