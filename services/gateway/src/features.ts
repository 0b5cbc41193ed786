import { accessFeature, mergeAccess, type Feature } from '@accord/access';
import { accreditationFeature } from '@accord/accreditation';
import { flagsFeature } from '@accord/flags';
import { intelligenceFeature } from '@accord/intelligence';
import { notificationsFeature } from '@accord/notifications';
import { persistenceFeature } from './persistence.feature.js';
import { providersFeature } from '@accord/providers';

/** What Accord is made of, in the order in which one stands on another. */
export const FEATURES: readonly Feature[] = [
  persistenceFeature,
  accessFeature,
  providersFeature,
  accreditationFeature,
  flagsFeature,
  intelligenceFeature,
  notificationsFeature,
];

export const ENTITIES = FEATURES.flatMap((feature) => feature.entities);

export const ACCESS = mergeAccess(FEATURES.map((feature) => feature.access));
