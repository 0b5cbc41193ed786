import { accessFeature, agreementsFeature, mergeAccess, type Feature } from '@accord/access';
import { accreditationFeature } from '@accord/accreditation';
import { dueDiligenceFeature } from '@accord/due-diligence';
import { flagsFeature } from '@accord/flags';
import { intelligenceFeature } from '@accord/intelligence';
import { monitoringFeature, scheduleFeature } from '@accord/monitoring';
import { notificationsFeature } from '@accord/notifications';
import { placementCheckFeature } from '@accord/placement-check';
import { persistenceFeature } from './persistence.feature.js';
import { providersFeature, useFeature } from '@accord/providers';
import { recordKeepingFeature } from '@accord/record-keeping';
import { referencesFeature } from '@accord/references';
import { regulatorFeature } from '@accord/regulator';
import { reportingFeature } from '@accord/reporting';

/** What Accord is made of, in the order in which one stands on another. */
export const FEATURES: readonly Feature[] = [
  persistenceFeature,
  accessFeature,
  agreementsFeature,
  providersFeature,
  useFeature,
  accreditationFeature,
  flagsFeature,
  intelligenceFeature,
  referencesFeature,
  dueDiligenceFeature,
  monitoringFeature,
  scheduleFeature,
  placementCheckFeature,
  recordKeepingFeature,
  regulatorFeature,
  reportingFeature,
  notificationsFeature,
];

export const ENTITIES = FEATURES.flatMap((feature) => feature.entities);

/** What the features have to say to a merge of providers. */
export const MERGE_PARTS = FEATURES.flatMap((feature) => feature.merge ?? []);

/** What comes along with homes. */
export const ALONG_HOMES = FEATURES.flatMap((feature) => feature.alongHomes ?? []);

export const ACCESS = mergeAccess(FEATURES.map((feature) => feature.access));
