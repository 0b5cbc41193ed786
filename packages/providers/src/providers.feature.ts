import { AUDIENCE_VIEWS, type Feature } from '@accord/access';
import { AccreditationStanding, Home, Provider } from './provider.entity.js';
import { HomeResolver, ProviderResolver } from './provider.resolver.js';
import { ProviderSearch } from './provider-search.entity.js';
import { PROVIDERS_SQL } from './providers.sql.js';
import { Inspection, Registration } from './registration.entity.js';
import { CommissioningArrangement, DeclaredUse, PlacementNumber } from './use.entity.js';

const members = <K extends string>(...fields: K[]) =>
  Object.fromEntries(fields.map((field) => [field, 'members' as const]));

/** What packages/accreditation changes of a provider's standing. */
const STANDING_COLUMNS = ['status', 'effective_from', 'review_due', 'conditions'];

export const providersFeature: Feature = {
  name: 'providers',
  entities: [
    Provider,
    Home,
    AccreditationStanding,
    ProviderSearch,
    Registration,
    Inspection,
    CommissioningArrangement,
    PlacementNumber,
    DeclaredUse,
  ],
  resolvers: [ProviderResolver, HomeResolver],
  access: {
    actions: {
      'Query.providers': 'provider:read',
      'Query.provider': 'provider:read',
      'Query.home': 'provider:read',
      'Mutation.addProvider': 'provider:write',
      'Mutation.changeProvider': 'provider:write',
      'Mutation.addHome': 'provider:write',
      'Mutation.changeHome': 'provider:write',
      'Mutation.recordArrangement': 'use:write',
      'Mutation.recordPlacementNumber': 'use:write',
      'Mutation.declareUse': 'use:write',
    },
    types: {
      Provider: {
        ...members('id', 'name', 'tradingNames', 'companyNumber', 'postcode', 'ownershipGroup', 'directors'),
        ...members('responsibleIndividual', 'noticePeriodDays', 'dpvLot', 'version', 'updatedAt'),
        ...members('accreditation', 'registrations', 'homes'),
        openFlagCount: 'existence',
        usedBy: 'declared',
        arrangements: 'tenant',
      },
      ProviderConnection: 'envelope',
      ProviderEdge: 'envelope',
      ProviderPayload: 'envelope',
      Home: {
        ...members(
          'id',
          'name',
          'address',
          'postcode',
          'localAuthority',
          'placementTypes',
          'beds',
          'gender',
          'ageFrom',
          'ageTo',
        ),
        ...members(
          'supportModel',
          'registeredManager',
          'managerVacantSince',
          'planning',
          'hmoLicence',
          'missingProtocolOn',
        ),
        ...members(
          'lastIndependentReportOn',
          'version',
          'provider',
          'hostBorough',
          'registrations',
          'latestInspection',
        ),
      },
      HomeConnection: 'envelope',
      HomeEdge: 'envelope',
      HomePayload: 'envelope',
      Accreditation: members('status', 'effectiveFrom', 'reviewDue', 'conditions'),
      Registration: members('id', 'regulator', 'reference', 'category', 'status', 'registeredOn'),
      Inspection: members('id', 'regulator', 'eventNumber', 'kind', 'inspectedOn', 'publishedOn', 'judgements'),
      Judgement: members('aspect', 'judgement', 'scale'),
      ProviderUse: { borough: 'declared', youngPeople: 'declared' },
      CommissioningArrangement: { id: 'tenant', route: 'tenant', startsOn: 'tenant', endsOn: 'tenant' },
    },
  },
  grants: {
    provider: { gateway: ['select', 'insert', 'update'], worker: ['select'] },
    home: {
      gateway: ['select', 'insert', 'update'],
      worker: ['select'],
      audience: ['id', 'provider_id', 'host_borough_id'],
    },
    accreditation_standing: {
      gateway: ['select', 'insert', { update: STANDING_COLUMNS }],
      worker: ['select', { update: STANDING_COLUMNS }],
    },
    provider_search: { gateway: ['select', 'insert', 'update'] },
    registration: { gateway: ['select', 'insert', 'update'], worker: ['select'] },
    inspection: { gateway: ['select', 'insert', 'update'], worker: ['select'] },
    commissioning_arrangement: { gateway: ['select', 'insert', 'update'] },
    placement_number: {
      gateway: ['select', 'insert', 'update'],
      audience: ['borough_id', 'provider_id', 'home_id', 'places_there'],
    },
    declared_use: { gateway: ['select', 'insert', 'update', 'delete'] },
    borough_concerned: {
      gateway: ['select'],
      worker: ['select'],
      audience: ['borough_id', 'provider_id', 'home_id', 'ground'],
    },
  },
  // The audience's views stand on `borough_concerned`, which is made here.
  sql: `${PROVIDERS_SQL}\n${AUDIENCE_VIEWS}`,
};
