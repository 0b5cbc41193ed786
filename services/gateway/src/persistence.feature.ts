import type { Feature } from '@accord/access';
import { EventAudience, OutboxEvent, persistenceGrants } from '@accord/persistence';

/** The outbox as a feature: `persistence` itself knows nothing of features. */
export const persistenceFeature: Feature = {
  name: 'persistence',
  entities: [OutboxEvent, EventAudience],
  resolvers: [],
  access: { actions: {}, types: {} },
  grants: persistenceGrants,
  merge: {
    rows: {
      outbox_event: { becomes: 'KEPT', because: 'what happened, happened to the provider as it was known then' },
    },
  },
};
