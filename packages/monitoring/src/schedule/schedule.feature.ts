import type { Feature } from '@accord/access';

/** Who visits what by when. */
export const scheduleFeature: Feature = {
  name: 'schedule',
  entities: [],
  resolvers: [],
  access: { actions: {}, types: {} },
  grants: {},
};
