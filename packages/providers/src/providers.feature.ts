import { all, AUDIENCE_VIEWS, type Feature, type PageArgs } from '@accord/access';
import { isId } from '@accord/kernel';
import { AccreditationStanding, Home, Provider } from './provider.entity.js';
import { HomePages } from './home-pages.js';
import type { ProviderFilter, ProviderOrder } from './provider.inputs.js';
import { ProviderListService, wantedOf } from './provider-list.service.js';
import { ProviderLoader } from './provider.loader.js';
import { ProviderMergeNote, ProviderMergeRecord, ProviderMergeRow } from './merge/merge.entity.js';
import { MergedProviderResolver, MergeResolver } from './merge/merge.resolver.js';
import { HomeResolver, ProviderResolver } from './provider.resolver.js';
import { ProviderSearch } from './provider-search.entity.js';
import { PROVIDERS_SQL } from './providers.sql.js';
import { Inspection, Registration } from './registration.entity.js';
import { RegistrationResolver } from './registration.resolver.js';
import { CommissioningArrangement, DeclaredUse, PlacementNumber } from './use.entity.js';

/** Of `Query.providers`. */
interface ListArgs extends PageArgs {
  readonly filter?: ProviderFilter | null;
  readonly orderBy?: ProviderOrder | null;
}

/** What is at a home belongs to whoever runs it. */
const WITH_HOME = [{ column: 'home_id', table: 'home' }];

/** Rounded as `roundedToFive` does it, of all that the borough has with the provider that stays. */
const DECLARED_TOGETHER = `greatest(5, round((select coalesce(sum(n.young_people), 0) from placement_number n
  where n.borough_id = kept.borough_id and n.provider_id = kept.provider_id) / 5.0) * 5)::int`;

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
    ProviderMergeRecord,
    ProviderMergeNote,
    ProviderMergeRow,
  ],
  resolvers: [ProviderResolver, HomeResolver, RegistrationResolver, MergeResolver, MergedProviderResolver],
  askAhead: {
    provider: (op, { id }, info) => {
      if (isId(id)) op.get(ProviderLoader).askAhead(id, info, op.get(HomePages).along(info));
    },
    providers: (op, args, info) => {
      const { filter, orderBy, ...page } = args as unknown as ListArgs;
      op.get(ProviderListService).askAhead(page, filter ?? {}, orderBy ?? undefined, wantedOf(info));
    },
  },
  access: {
    actions: {
      'Query.providers': 'provider:read',
      'Query.provider': 'provider:read',
      'Query.home': 'provider:read',
      'Mutation.addProvider': 'provider:write',
      'Mutation.changeProvider': 'provider:write',
      'Mutation.addHome': 'provider:write',
      'Mutation.changeHome': 'provider:write',
      'Mutation.recordRegistration': 'provider:write',
      'Mutation.recordArrangement': 'use:write',
      'Mutation.recordPlacementNumber': 'use:write',
      'Mutation.declareUse': 'use:write',
      'Query.likelyDuplicates': 'provider:merge',
      'Query.previewProviderMerge': 'provider:merge',
      'Mutation.mergeProviders': 'provider:merge',
      'Mutation.undoProviderMerge': 'provider:merge',
      'Provider.merges': 'provider:merge',
    },
    types: {
      Provider: {
        ...all('members', 'id', 'name', 'tradingNames', 'companyNumber', 'postcode', 'ownershipGroup', 'directors'),
        ...all('members', 'responsibleIndividual', 'noticePeriodDays', 'dpvLot', 'version', 'updatedAt'),
        ...all('members', 'accreditation', 'registrations', 'homes', 'mergedFrom'),
        openFlagCount: 'existence',
        usedBy: 'declared',
        arrangements: 'tenant',
      },
      ProviderConnection: 'envelope',
      ProviderEdge: 'envelope',
      ProviderPayload: 'envelope',
      Home: {
        ...all(
          'members',
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
        ...all(
          'members',
          'supportModel',
          'registeredManager',
          'managerVacantSince',
          'planning',
          'hmoLicence',
          'missingProtocolOn',
        ),
        ...all(
          'members',
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
      Accreditation: all('members', 'status', 'effectiveFrom', 'reviewDue', 'conditions'),
      Registration: all(
        'members',
        'id',
        'regulator',
        'reference',
        'category',
        'status',
        'registeredOn',
        'statusAsAt',
        'statusSince',
        'countsAsRegistered',
        'inspections',
      ),
      RegistrationPayload: 'envelope',
      Inspection: all('members', 'id', 'regulator', 'eventNumber', 'kind', 'inspectedOn', 'publishedOn', 'judgements'),
      Judgement: all('members', 'aspect', 'judgement', 'scale'),
      MergedProvider: all(
        'members',
        'id',
        'name',
        'tradingNames',
        'companyNumber',
        'mergedAt',
        'accreditationSetAside',
      ),
      ProviderMerge: all('alliance', 'id', 'keptId', 'mergedId', 'name', 'merged', 'undone'),
      ProviderMergeEntry: all('alliance', 'reason', 'by', 'at'),
      ProviderMergePayload: 'envelope',
      ProviderMergePreview: all('alliance', 'kept', 'merged', 'moves', 'differences', 'obstacles', 'reachingFurther'),
      MergedRows: all('alliance', 'what', 'count'),
      MergeDifference: all('alliance', 'field', 'kept', 'merged'),
      LikelyDuplicate: all('alliance', 'provider', 'other', 'grounds'),
      LikelyDuplicateConnection: 'envelope',
      LikelyDuplicateEdge: 'envelope',
      ProviderUse: { borough: 'declared', youngPeople: 'declared' },
      CommissioningArrangement: { id: 'tenant', route: 'tenant', startsOn: 'tenant', endsOn: 'tenant' },
    },
  },
  grants: {
    // The worker writes the register when it brings in the regulator's file.
    provider: { gateway: ['select', 'insert', 'update'], worker: ['select', 'insert', 'update'] },
    home: {
      gateway: ['select', 'insert', 'update'],
      worker: ['select', 'insert', 'update'],
      audience: ['id', 'provider_id', 'host_borough_id'],
    },
    accreditation_standing: {
      gateway: ['select', 'insert', { update: STANDING_COLUMNS }],
      worker: ['select', { update: STANDING_COLUMNS }],
    },
    provider_search: { gateway: ['select', 'insert', 'update'], worker: ['select', 'insert', 'update'] },
    provider_merge: {
      gateway: ['select', 'insert', { update: ['undone_at'] }],
      worker: ['select'],
    },
    provider_merge_note: { gateway: ['select', 'insert'] },
    registration: { gateway: ['select', 'insert', 'update'], worker: ['select', 'insert', 'update'] },
    inspection: { gateway: ['select', 'insert', 'update'], worker: ['select', 'insert', 'update'] },
    commissioning_arrangement: {
      gateway: ['select', 'insert', 'update'],
      // For the reports, in the borough's name.
      worker: [{ select: ['borough_id', 'provider_id', 'route', 'starts_on', 'ends_on'] }],
    },
    placement_number: {
      gateway: ['select', 'insert', 'update'],
      // Which homes are in use and since when, for a borough's schedule of visits and for the audience of what is read
      // in its name; and no number.
      worker: [{ select: ['borough_id', 'provider_id', 'home_id', 'places_there', 'used_since'] }],
      audience: ['borough_id', 'provider_id', 'home_id', 'places_there'],
    },
    declared_use: { gateway: ['select', 'insert', 'update', 'delete'] },
    borough_concerned: {
      gateway: ['select'],
      worker: ['select'],
      audience: ['borough_id', 'provider_id', 'home_id', 'ground'],
    },
  },
  merge: {
    rows: {
      home: { becomes: 'MOVED', counted: 'homes' },
      registration: { becomes: 'MOVED', counted: 'registrations', follows: WITH_HOME },
      inspection: {
        becomes: 'MOVED',
        counted: 'inspections',
        follows: [...WITH_HOME, { column: 'registration_id', table: 'registration' }],
      },
      commissioning_arrangement: { becomes: 'MOVED' },
      placement_number: {
        becomes: 'COMBINED',
        key: 'id',
        per: ['borough_id', 'home_id'],
        // Under two names a borough counted two groups of young people; as of the day on which both were known.
        combine: {
          young_people: 'kept.young_people + merged.young_people',
          as_at: 'least(kept.as_at, merged.as_at)',
          used_since: 'least(kept.used_since, merged.used_since)',
        },
        follows: WITH_HOME,
      },
      declared_use: {
        becomes: 'COMBINED',
        key: 'borough_id',
        per: ['borough_id'],
        combine: { young_people_rounded: DECLARED_TOGETHER },
      },
      accreditation_standing: { becomes: 'FILE' },
      provider_search: { becomes: 'KEPT', because: 'it is made anew for both providers' },
    },
  },
  // The audience's views stand on `borough_concerned`, which is made here.
  sql: `${PROVIDERS_SQL}\n${AUDIENCE_VIEWS}`,
};
