import type { Feature } from '@accord/access';
import { VisitRecord } from './visit/visit.entity.js';

export const monitoringFeature: Feature = {
  name: 'monitoring',
  entities: [VisitRecord],
  resolvers: [],
  access: { actions: {}, types: {} },
  grants: {
    visit: { gateway: ['select', 'insert', 'update'], worker: ['select'] },
  },
  merge: {
    // As its sharing does, which moves with packages/access.
    rows: { visit: { becomes: 'MOVED', follows: [{ column: 'home_id', table: 'home' }] } },
  },
};
