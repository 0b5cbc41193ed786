import { all, type Feature } from '@accord/access';
import { BusinessContact } from './contact/contact.entity.js';
import { OrganisationContactResolver, ProviderContactResolver } from './contact/contact.resolver.js';
import { LinkedProviderResolver } from './contact/linked-provider.js';
import { HostNotice } from './host-notice/host-notice.entity.js';
import { HostNoticeResolver } from './host-notice/host-notice.resolver.js';
import { UseImport, UseImportLine } from './use-file/use-import.entity.js';
import { UseImportLineResolver, UseImportResolver } from './use-file/use-import.resolver.js';

/** What a provider's page and a borough's numbers have from the first day (rules 11, 20 and 21). */
export const useFeature: Feature = {
  name: 'use',
  entities: [BusinessContact, HostNotice, UseImport, UseImportLine],
  resolvers: [
    OrganisationContactResolver,
    ProviderContactResolver,
    LinkedProviderResolver,
    HostNoticeResolver,
    UseImportResolver,
    UseImportLineResolver,
  ],
  access: {
    actions: {
      'Mutation.addContact': 'contact:keep',
      'Mutation.changeContact': 'contact:keep',
      'Mutation.removeContact': 'contact:keep',
      'Query.hostNotices': 'host-notice:read',
      'Mutation.recordHostNotice': 'use:write',
      'Query.useImport': 'use:write',
      'Query.useImports': 'use:write',
      'Mutation.importUseFile': 'use:write',
    },
    types: {
      Organisation: { contacts: 'members' },
      Provider: { contacts: 'members', linkedProviders: 'members' },
      BusinessContact: all('members', 'id', 'kind', 'team', 'phone', 'email', 'hours', 'version', 'updatedAt'),
      LinkedProvider: all('members', 'provider', 'sharedDirectors', 'hasSameOwnershipGroup'),
      ContactPayload: 'envelope',
      RemovedContactPayload: 'envelope',
      HostNotice: { ...all('audience', 'placingBorough', 'hostBorough', 'upToDateAsAt'), isBehind: 'owner' },
      HostNoticePayload: 'envelope',
      UseImport: {
        ...all('tenant', 'id', 'fileName', 'asAt', 'dryRun', 'isComplete', 'rows', 'counts'),
        ...all('tenant', 'requestedBy', 'requestedAt', 'lines'),
      },
      UseImportCount: all('tenant', 'outcome', 'count'),
      UseImportLine: all('tenant', 'outcome', 'line', 'column', 'reason', 'label', 'home', 'before', 'after'),
      UseImportConnection: 'envelope',
      UseImportEdge: 'envelope',
      UseImportLineConnection: 'envelope',
      UseImportLineEdge: 'envelope',
      UseImportPayload: 'envelope',
    },
  },
  grants: {
    business_contact: { gateway: ['select', 'insert', 'update', 'delete'] },
    host_notice: { gateway: ['select', 'insert', { update: ['up_to_date_as_at'] }] },
    use_import: { gateway: ['select', 'insert'] },
    use_import_line: { gateway: ['select', 'insert'] },
  },
  merge: { rows: { business_contact: { becomes: 'MOVED' } } },
};
