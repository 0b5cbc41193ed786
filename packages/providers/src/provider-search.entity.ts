import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { isAlliance } from '@accord/access';
import { ROLE, TENANT, tenantInserts, tenantUpdates } from '@accord/persistence';
import { importPolicies } from './provider.entity.js';

/** The words by which a provider is found; kept by triggers (`providers.sql.ts`), public to the alliance. */
@Entity({
  tableName: 'provider_search',
  policies: [
    // Without a condition, so that the planner may use the trigram index; the joined provider has one.
    { name: 'searched', command: 'select', roles: [ROLE.gateway, ROLE.worker], using: 'true' },
    tenantInserts(isAlliance(TENANT)),
    tenantUpdates(isAlliance(TENANT)),
    ...importPolicies(),
  ],
})
@Index({
  name: 'provider_search_trigrams',
  expression: 'create index provider_search_trigrams on provider_search using gin (words gin_trgm_ops)',
})
export class ProviderSearch {
  @PrimaryKey({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'text' })
  words!: string;
}
