import type { Feature } from '@accord/access';
import { StoredFile } from './stored-file.entity.js';

export const filesFeature: Feature = {
  name: 'files',
  entities: [StoredFile],
  resolvers: [],
  access: { actions: {}, types: {} },
  grants: {
    stored_file: {
      gateway: ['select', 'insert', 'delete', { update: ['remove_from'] }],
      audience: ['id', 'tenant_id', 'remove_from'],
    },
  },
};
